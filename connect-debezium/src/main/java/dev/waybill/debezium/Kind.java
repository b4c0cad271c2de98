package dev.waybill.debezium;

import dev.waybill.json.Json;
import io.debezium.connector.postgresql.PgOid;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import java.math.BigDecimal;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// How the values of a column go through Debezium, whose records take numbers, truth values and
/// texts: what is neither goes as a text that says what it is.
enum Kind {
  WHOLE {
    @Override
    SchemaBuilder schema() {
      return SchemaBuilder.int64().name(name()).optional();
    }

    @Override
    Object carried(Object raw) {
      return raw instanceof Number number ? number.longValue() : Long.parseLong(raw.toString());
    }
  },
  TRUTH {
    @Override
    SchemaBuilder schema() {
      return SchemaBuilder.bool().name(name()).optional();
    }

    @Override
    Object carried(Object raw) {
      return raw instanceof Boolean truth ? truth : Boolean.parseBoolean(raw.toString());
    }
  },
  REAL {
    @Override
    SchemaBuilder schema() {
      return SchemaBuilder.float64().name(name()).optional();
    }

    // By its text, so that a real of four bytes gets no digits that it does not have.
    @Override
    Object carried(Object raw) {
      return Double.valueOf(raw.toString());
    }

    @Override
    Object taken(Object value) {
      return Double.isFinite((Double) value) ? value : value.toString();
    }
  },
  DECIMAL {
    @Override
    String text(Object raw) {
      return Values.decimal(raw);
    }

    // PostgreSQL's numeric has NaN and Infinity, which no JSON has.
    @Override
    Object taken(Object value) {
      String text = (String) value;
      return Character.isLetter(text.charAt(text.length() - 1)) ? text : new BigDecimal(text);
    }
  },
  JSON {
    @Override
    String text(Object raw) {
      return Values.text(raw);
    }

    @Override
    @Nullable Object taken(Object value) {
      try {
        return Json.read((String) value);
      } catch (JacksonException e) {
        return value;
      }
    }
  },
  DATE {
    @Override
    String text(Object raw) {
      return Times.date(raw);
    }
  },
  TIME {
    @Override
    String text(Object raw) {
      return Times.time(raw);
    }
  },
  TIMETZ {
    @Override
    String text(Object raw) {
      return Times.timeWithZone(raw);
    }
  },
  TIMESTAMP {
    @Override
    String text(Object raw) {
      return Times.timestamp(raw);
    }
  },
  TIMESTAMPTZ {
    @Override
    String text(Object raw) {
      return Times.timestampWithZone(raw);
    }
  },
  LIST {
    @Override
    String text(Object raw) {
      return Values.list(raw);
    }

    @Override
    @Nullable Object taken(Object value) {
      return Json.read((String) value);
    }
  },
  TEXT {
    @Override
    String text(Object raw) {
      return Values.text(raw);
    }
  };

  /// Stands for a value that the log does not have, because it is long and did not change. Nobody
  /// can have written it into a table.
  private static final String ABSENT = "absent-" + UUID.randomUUID();

  /// @param type the type's name, `_` before that of an array's elements
  /// @param oid the type's number, which is the built-in one where a domain stands over it
  static Kind of(String type, int oid) {
    if (type.startsWith("_")) {
      return LIST;
    }
    return switch (oid) {
      case PgOid.INT2, PgOid.INT4, PgOid.INT8, PgOid.OID -> WHOLE;
      case PgOid.BOOL -> TRUTH;
      case PgOid.FLOAT4, PgOid.FLOAT8 -> REAL;
      case PgOid.NUMERIC -> DECIMAL;
      case PgOid.DATE -> DATE;
      case PgOid.TIME -> TIME;
      case PgOid.TIMETZ -> TIMETZ;
      case PgOid.TIMESTAMP -> TIMESTAMP;
      case PgOid.TIMESTAMPTZ -> TIMESTAMPTZ;
      case PgOid.JSON, PgOid.JSONB_OID -> JSON;
      default -> TEXT;
    };
  }

  /// The kind of a column of a record.
  static Kind of(Schema column) {
    return valueOf(column.name());
  }

  static boolean isAbsent(@Nullable Object value) {
    return ABSENT.equals(value);
  }

  /// What Debezium is to carry.
  SchemaBuilder schema() {
    return SchemaBuilder.string().name(name()).optional();
  }

  /// A value on its way into Debezium's record.
  ///
  /// @param raw as the decoder or the driver gave it
  @Nullable Object given(@Nullable Object raw) {
    return raw == null ? null : carried(raw);
  }

  /// The same, of the type that the schema says.
  Object carried(Object raw) {
    return UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(raw)
        ? ABSENT
        : text(raw);
  }

  /// The same as text.
  String text(Object raw) {
    return raw.toString();
  }

  /// A value out of Debezium's record.
  @Nullable Object taken(Object value) {
    return value;
  }
}

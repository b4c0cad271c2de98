package dev.waybill.mapping;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.mapping.MappingSpec.Nulls;
import dev.waybill.spi.Intake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the destination is given of a source's records. Compiled once for the source's columns,
/// then works by position; immutable and safe for use by several threads.
///
/// ```java
/// Mapping mapping = Mapping.compile(spec, source.columns());
/// Intake<Fields> intake = mapping.over(next);
/// while (source.next(intake)) {}
/// ```
public final class Mapping {

  private final PlanCompiler compiler;
  private final Plan plan;
  private final FieldNames columns;

  private Mapping(PlanCompiler compiler, Plan plan, FieldNames columns) {
    this.compiler = compiler;
    this.plan = plan;
    this.columns = columns;
  }

  /// Compiles a mapping, with the transformations on the class path.
  ///
  /// @param columns the source's columns; empty if its records differ, and then a column that a
  ///   record has not is one without a value
  /// @throws UserException if the mapping names a column, type or function that there is not, or
  ///   two of its fields get into each other's way
  public static Mapping compile(MappingSpec spec, FieldNames columns) {
    return compile(spec, columns, Transformations.found());
  }

  /// Compiles a mapping with transformations that were found before.
  ///
  /// @throws UserException as [#compile(MappingSpec, FieldNames)]
  public static Mapping compile(
      MappingSpec spec, FieldNames columns, Transformations transformations) {
    var compiler = new PlanCompiler(spec, transformations);
    Plan plan =
        columns.size() == 0 ? compiler.forDiffering(columns) : compiler.forDeclared(columns);
    boolean same = columns.size() > 0 && spec.nulls() == Nulls.KEEP;
    return new Mapping(compiler, plan, same ? plan.fields() : FieldNames.of());
  }

  /// The fields that every mapped record has, for the destination; empty if records differ.
  public FieldNames columns() {
    return columns;
  }

  /// The fields that make up the key, as the destination knows them; empty if none was declared.
  public List<String> key() {
    return plan.keyNames();
  }

  /// Whether records are handed on as they are, not even copied.
  public boolean isIdentity() {
    return plan.root() == null;
  }

  /// An intake that maps each item and hands it on: accepted with its key and mapped payload, or
  /// refused as the source gave it, with a reason that names the column, the value and the rule.
  /// For use by one thread.
  public Intake<Fields> over(Intake<Fields> next) {
    return new MappingIntake(next);
  }

  private final class MappingIntake implements Intake<Fields> {

    /// Shapes of records whose plans are kept, for sources whose records differ.
    private static final int SHAPES = 64;

    private final Intake<Fields> next;
    private final Map<FieldNames, Plan> shapes =
        new LinkedHashMap<>(SHAPES, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<FieldNames, Plan> eldest) {
            return size() > SHAPES;
          }
        };
    private Plan last = plan;

    MappingIntake(Intake<Fields> next) {
      this.next = next;
    }

    @Override
    public void accept(Item<Fields> item) {
      Item<Fields> mapped;
      try {
        mapped = planFor(item).map(item);
      } catch (Refusal e) {
        next.refuse(last.named(item), e.reason());
        return;
      } catch (UserException e) {
        next.refuse(item, Reason.of("unfit_record", String.valueOf(e.getMessage())));
        return;
      }
      next.accept(mapped);
    }

    /// A record that the source itself refuses gets its key too, if it has the shape for it.
    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      boolean known = item.payload().names().equals(plan.source());
      next.refuse(known ? plan.named(item) : item, reason);
    }

    private Plan planFor(Item<Fields> item) {
      FieldNames names = item.payload().names();
      if (!names.equals(last.source())) {
        Plan known = names.equals(plan.source()) ? plan : shapes.get(names);
        if (known == null) {
          known = compiler.forDiffering(names);
          shapes.put(names, known);
        }
        last = known;
      }
      return last;
    }
  }
}

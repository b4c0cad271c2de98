package dev.waybill.mapping;

import dev.waybill.UserException;
import dev.waybill.mapping.FieldSpec.Trimming;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping as the user wrote it, not yet held against a source's columns.
///
/// @param fields the fields that are not simply the columns, in order
/// @param rest what becomes of the columns that no field uses
/// @param exclude columns that are not handed on
/// @param key what names a record: fields, or columns that are not handed on; empty for none
/// @param trimming whether white space around texts is taken off, where a field says nothing
/// @param nulls what becomes of fields without a value
/// @param nesting what a dot in a field's name means
public record MappingSpec(
    List<FieldSpec> fields,
    Rest rest,
    Set<String> exclude,
    List<String> key,
    Trimming trimming,
    Nulls nulls,
    Nesting nesting) {

  /// Hands every column on as it is, dotted names nested.
  public static final MappingSpec IDENTITY =
      new MappingSpec(
          List.of(), Rest.KEEP, Set.of(), List.of(), Trimming.EXACT, Nulls.KEEP, Nesting.DOTS);

  public MappingSpec {
    fields = List.copyOf(fields);
    exclude = Set.copyOf(exclude);
    key = List.copyOf(key);
  }

  /// Reads the tree that a YAML or JSON library makes of a job file's `mapping`. The form is
  /// described by the resource `mapping.schema.json` in this package.
  ///
  /// @throws UserException if there is something in it that a mapping has not
  public static MappingSpec parse(Map<String, ? extends @Nullable Object> tree) {
    return SpecReader.read(tree);
  }

  /// What becomes of the columns that no field uses.
  public enum Rest {
    KEEP,
    DROP
  }

  /// What becomes of fields without a value.
  public enum Nulls {
    /// Handed on as null.
    KEEP,
    /// Left out of the record; so are nested records in which nothing is left.
    OMIT
  }

  /// What a dot in a field's name means.
  public enum Nesting {
    /// `primaryAddress.city` is the field `city` of the nested record `primaryAddress`.
    DOTS,
    /// Nothing: the dot is a part of the name, as tables want it.
    FLAT
  }
}

using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Data;

namespace Platform.CustomFields.RollUps;

/// <summary>A field whose values are kept beside the records that have it, because they change when other records do.</summary>
internal abstract class BesideField(Field definition, string child, FieldType resultType, IReadOnlySet<string> reads, string storedKey)
{
    /// <summary>What the company said.</summary>
    public Field Definition => definition;

    /// <summary>The kind of record that is counted; of a formula, the one that has it.</summary>
    public string Child => child;

    /// <summary>What its values are.</summary>
    public FieldType ResultType => resultType;

    /// <summary>The fields of those records that it reads.</summary>
    public IReadOnlySet<string> Reads => reads;

    /// <summary>The key under which each of those records keeps what it gives, and the values are.</summary>
    public string StoredKey => storedKey;

    /// <summary>The permission to read those records.</summary>
    public string ReadPermission => ResourceCatalogue.Find(Child)!.PermissionFor(AccessAction.Read);

    /// <summary>Whether another service keeps the records that are counted than those that have the field.</summary>
    public virtual bool IsAcross => false;

    /// <summary>Whether a worker is told of what records give, instead of PostgreSQL counting it with the write.</summary>
    public virtual bool IsTold => IsAcross;

    /// <summary>The roll-ups of which all records have to be counted before it has a value.</summary>
    public virtual IEnumerable<BesideField> Counted => [this];

    /// <summary>Whether nothing to count is 0; of other functions it is no value.</summary>
    public virtual bool IsCount => false;

    /// <summary>What a record gives, as it keeps it.</summary>
    /// <param name="kind">The kind of record.</param>
    /// <param name="row">The record, its formulas computed.</param>
    /// <param name="stored">Its custom fields.</param>
    /// <param name="fields">Those that the company defined.</param>
    public abstract Value InputOf(ProtectedResource kind, ProtectedEntity row, Struct stored, TenantFields fields);
}

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Bulk;

/// <summary>A request to work on many records, whatever their kind: which of them, and what is done with them.</summary>
/// <param name="Filter">An expression of the filter language.</param>
/// <param name="Ids">Or their ids.</param>
/// <param name="All">Or all of them.</param>
/// <param name="TimeZone">In which the filter's dates begin.</param>
public sealed record BulkOrder(string Filter, IReadOnlyList<string> Ids, bool All, string TimeZone)
{
    private const int MostIds = 10_000;

    /// <summary>An update: the record with what is to be written; null where there is none.</summary>
    public IMessage? Change { get; init; }

    /// <summary>Whether an update is asked for, also one without a record.</summary>
    public bool IsUpdate { get; init; }

    /// <summary>The fields of the update; null for every field that is set.</summary>
    public FieldMask? Mask { get; init; }

    /// <summary>Who is to look after them.</summary>
    public V1.BulkAssign? Assign { get; init; }

    /// <summary>Choices to be added.</summary>
    public V1.BulkTags? AddTags { get; init; }

    /// <summary>Choices to be taken away.</summary>
    public V1.BulkTags? RemoveTags { get; init; }

    /// <summary>They are deleted.</summary>
    public V1.BulkDelete? Delete { get; init; }

    /// <summary>They become part of one of them.</summary>
    public V1.BulkMerge? Merge { get; init; }

    /// <summary>They are written into a file.</summary>
    public V1.BulkExport? Export { get; init; }

    internal IReadOnlyList<V1.BulkOperation> Operations =>
    [
        .. new[]
        {
            (IsUpdate, V1.BulkOperation.Update), (Assign is not null, V1.BulkOperation.Assign), (AddTags is not null, V1.BulkOperation.AddTags), (RemoveTags is not null, V1.BulkOperation.RemoveTags),
            (Delete is not null, V1.BulkOperation.Delete), (Merge is not null, V1.BulkOperation.Merge), (Export is not null, V1.BulkOperation.Export),
        }.Where(operation => operation.Item1).Select(operation => operation.Item2),
    ];

    /// <summary>What of its shape is wrong; null where nothing is.</summary>
    internal Error? FindFault()
    {
        var violations = new List<FieldViolation>();
        if (Operations.Count != 1)
            violations.Add(new("operation", "Name exactly one of update, assign, addTags, removeTags, delete, merge and export."));
        var isFiltered = !string.IsNullOrWhiteSpace(Filter);
        if ((isFiltered ? 1 : 0) + (Ids.Count > 0 ? 1 : 0) + (All ? 1 : 0) != 1)
            violations.Add(new("filter", "Say which records are meant by exactly one of filter, ids and all: true."));
        if (Ids.Count > MostIds)
            violations.Add(new("ids", Say($"At most {MostIds} ids: use a filter for more.")));
        foreach (var (i, id) in Ids.Index().Where(id => !Guid.TryParse(id.Item, out _)).Take(20))
            violations.Add(new($"ids[{i}]", "Use the id of a resource (a UUID)."));
        if (TimeZone.Length > 0 && !(TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) && zone.HasIanaId))
            violations.Add(new("timeZone", "Use an IANA time zone such as Europe/Berlin, or leave it out for UTC."));
        if (IsUpdate && Change is null)
            violations.Add(new("update", "Send the record with the fields that are to be written."));
        if (Assign is not null && !Guid.TryParse(Assign.OwnerId, out _))
            violations.Add(new("assign.ownerId", "Use the id of a resource (a UUID)."));
        if (Merge is not null && !Guid.TryParse(Merge.SurvivorId, out _))
            violations.Add(new("merge.survivorId", "Use the id of a resource (a UUID)."));
        return violations.Count > 0 ? Error.Invalid(violations) : null;
    }
}

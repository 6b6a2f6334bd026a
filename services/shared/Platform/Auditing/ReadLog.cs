using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Auditing;

/// <summary>Entries of one service, newest first, as the caller may see them.</summary>
internal static class ReadLog
{
    public static async Task<Result<Audit.V1.ReadLogResponse>> Handle(
        Audit.V1.ReadLogRequest request, PlatformDbContext db, string service, AuditRedaction redact, CancellationToken cancellationToken)
    {
        if (request.Limit is < 1 or > AuditLimits.Entries)
            return Error.Invalid("limit", Say($"Use 1 to {AuditLimits.Entries}."));
        if (request.BeforeId.Length > 0 && !Guid.TryParse(request.BeforeId, out _))
            return Error.Invalid("beforeId", "Use the id of an entry.");
        if (AuditFilters.Check(request.Filter?.Filter ?? "") is { } wrong)
            return wrong;
        var rows = await Rows(request, db).Take(request.Limit).ToListAsync(cancellationToken);
        var response = new Audit.V1.ReadLogResponse { HasMore = rows.Count == request.Limit };
        var size = 0;
        foreach (var row in rows)
        {
            if (size > AuditLimits.AnswerSize)
            {
                response.HasMore = true;
                break;
            }

            var message = ToMessage(row.Entry, row.Seal, service);
            foreach (var side in new[] { message.Before, message.After }.OfType<Struct>())
                await redact(db.Caller, row.Entry.Resource, side, cancellationToken);
            response.Entries.Add(message);
            size += message.CalculateSize();
        }

        return response;
    }

    private static IQueryable<SealedEntry> Rows(Audit.V1.ReadLogRequest request, PlatformDbContext db) => Filter(db, request)
        .GroupJoin(
            db.AuditSeals.AsNoTracking(),
            entry => new { entry.TenantId, entry.Id },
            seal => new { seal.TenantId, Id = seal.EntryId },
            (entry, seals) => new { entry, seals })
        .SelectMany(row => row.seals.DefaultIfEmpty(), (row, seal) => new SealedEntry { Entry = row.entry, Seal = seal })
        .OrderByDescending(row => row.Entry.Id);

    private static IQueryable<AuditEntry> Filter(PlatformDbContext db, Audit.V1.ReadLogRequest request)
    {
        var filter = request.Filter ?? new Audit.V1.EntryFilter();
        var rows = db.AuditEntries.AsNoTracking();
        if (filter.Filter.Length > 0)
            rows = rows.Where(AuditFilters.PredicateOf(filter.Filter, db.Caller, TimeProvider.System));
        if (request.BeforeId.Length > 0)
        {
            var before = Guid.Parse(request.BeforeId);
            rows = rows.Where(row => row.Id < before);
        }

        if (filter.Resource.Length > 0)
            rows = rows.Where(row => row.Resource == filter.Resource);
        if (filter.ResourceId.Length > 0)
            rows = rows.Where(row => row.ResourceId == filter.ResourceId);
        if (filter.Actor.Length > 0)
            rows = rows.Where(row => row.Actor == filter.Actor || row.OnBehalfOf == filter.Actor);
        if (filter.Action.Length > 0)
            rows = rows.Where(row => row.Action == filter.Action);
        return InTime(rows, filter);
    }

    // By the id, too, which begins with the time and is what the key is made of.
    private static IQueryable<AuditEntry> InTime(IQueryable<AuditEntry> rows, Audit.V1.EntryFilter filter)
    {
        if (filter.StartTime?.ToDateTimeOffset() is { } start)
        {
            var first = LowestId(start);
            rows = rows.Where(row => row.Id >= first && row.Time >= start);
        }

        if (filter.EndTime?.ToDateTimeOffset() is { } end)
        {
            var last = LowestId(end.AddMilliseconds(1));
            rows = rows.Where(row => row.Id <= last && row.Time < end);
        }

        return rows;
    }

    private static Guid LowestId(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(time).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6..].Clear();
        return new Guid(bytes, bigEndian: true);
    }

    private static Audit.V1.Entry ToMessage(AuditEntry entry, AuditSeal? seal, string service) => new()
    {
        Id = entry.Id.ToString(),
        Time = entry.Time.ToTimestamp(),
        Service = service,
        Resource = entry.Resource,
        ResourceId = entry.ResourceId,
        Action = entry.Action,
        ActorKind = System.Enum.Parse<Audit.V1.ActorKind>(entry.ActorKind.ToString()),
        Actor = entry.Actor,
        OnBehalfOf = entry.OnBehalfOf,
        Operation = entry.Operation,
        TraceId = entry.TraceId,
        ClientAddress = entry.ClientAddress,
        Before = FieldsOf(entry.Before),
        After = FieldsOf(entry.After),
        Sequence = seal?.Sequence ?? 0,
        Hash = seal is null ? "" : Convert.ToHexStringLower(seal.Hash),
    };

    // An entry must fit into an answer, however large the record was.
    private static Struct? FieldsOf(string? json) => json switch
    {
        null => null,
        { Length: > AuditLimits.FieldsLength } => new Struct { Fields = { ["omittedCharacters"] = Value.ForNumber(json.Length) } },
        _ => Struct.Parser.ParseJson(json),
    };

    private sealed class SealedEntry
    {
        public required AuditEntry Entry { get; init; }

        public AuditSeal? Seal { get; init; }
    }
}

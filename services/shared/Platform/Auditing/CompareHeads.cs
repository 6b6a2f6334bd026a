using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Auditing;

/// <summary>
/// Whether heads that somebody noted still lie on the chain. A chain that was cut, or computed anew from some entry on, is whole
/// in itself and no longer passes through them.
/// </summary>
internal static class CompareHeads
{
    public static async Task<Result<Audit.V1.CompareHeadsResponse>> Handle(
        Audit.V1.CompareHeadsRequest request, PlatformDbContext db, CancellationToken cancellationToken)
    {
        if (request.Heads.Count > AuditLimits.Heads)
            return Error.Invalid("heads", Say($"At most {AuditLimits.Heads} in one call."));
        var wanted = request.Heads.Select(head => head.Sequence).ToList();
        var links = await db.AuditSeals.AsNoTracking().Where(seal => wanted.Contains(seal.Sequence)).ToDictionaryAsync(seal => seal.Sequence, cancellationToken);
        var response = new Audit.V1.CompareHeadsResponse();
        foreach (var head in request.Heads.OrderBy(head => head.Sequence))
        {
            if (links.TryGetValue(head.Sequence, out var link) && Convert.ToHexStringLower(link.Hash) == head.Hash)
                continue;
            response.Finding = link is null
                ? new Audit.V1.Finding { Kind = Audit.V1.FindingKind.Truncated, Sequence = head.Sequence }
                : new Audit.V1.Finding { Kind = Audit.V1.FindingKind.Rewritten, Sequence = head.Sequence, EntryId = link.EntryId.ToString() };
            break;
        }

        return response;
    }
}

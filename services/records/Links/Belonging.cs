using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Records.Objects;
using static Platform.Languages.Wording;

namespace Platform.Records.Links;

/// <summary>A record that is deleted with another one of its object is a part of it, and nothing is a part of itself.</summary>
internal static class Belonging
{
    /// <summary>What is wrong with where a record is to lead; null where nothing is.</summary>
    public static async Task<Error?> CheckAsync(RecordsDbContext db, Record record, IEnumerable<Relation> added, CancellationToken cancellationToken)
    {
        foreach (var (field, target) in added.Where(relation => relation.Field is { Type: FieldType.Relation, OnDelete: RelationDeletion.Delete } && relation.Field.RelatedResource == relation.Field.Resource))
        {
            if (await IsPartOfAsync(db, target, field.Key, record.Id, cancellationToken))
                return Cycle($"record.customFields.{field.Key}", target);
        }

        return null;
    }

    private static Error Cycle(string path, Guid target)
    {
        var said = Say($"'{target}' belongs to this record itself: a record is not a part of its own parts.");
        return new Error(Google.Rpc.Code.InvalidArgument, "RELATION_CYCLE", $"{path}: {said}") { Violations = [new FieldViolation(path, said)] };
    }

    private static async Task<bool> IsPartOfAsync(RecordsDbContext db, Guid part, string fieldKey, Guid whole, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        var found = await db.Database.SqlQuery<bool>(
            $"""
            WITH RECURSIVE chain (id) AS (
                SELECT {part}
                UNION SELECT link.target_id FROM chain JOIN record_links AS link ON link.source_id = chain.id
                WHERE link.tenant_id = {tenant} AND link.field_key = {fieldKey} AND link.cleared_with IS NULL)
            SELECT EXISTS (SELECT 1 FROM chain WHERE id = {whole}) AS "Value"
            """).ToListAsync(cancellationToken);
        return found.Single();
    }
}

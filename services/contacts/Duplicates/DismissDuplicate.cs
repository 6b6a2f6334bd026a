using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Duplicates;

internal static class DismissDuplicate
{
    public sealed class Validator : AbstractValidator<V1.DismissDuplicateRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Resource).Must(resource => DuplicateKind.Find(resource) is not null).WithMessage("Use contacts.person, contacts.company or contacts.lead.");
            RuleFor(request => request.FirstId).Id();
            RuleFor(request => request.SecondId).Id().NotEqual(request => request.FirstId).WithMessage("Name two records.");
        }
    }

    public static async Task<Result<Empty>> Handle(V1.DismissDuplicateRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var asked = DuplicatePair.Of(request.Resource, Guid.Parse(request.FirstId), Guid.Parse(request.SecondId));
        var there = await DuplicateKind.Find(request.Resource)!.LoadAsync(db, [asked.FirstId, asked.SecondId], cancellationToken);
        if (new[] { request.FirstId, request.SecondId }.FirstOrDefault(id => !there.ContainsKey(Guid.Parse(id))) is { } missing)
            return Error.NotFound(request.Resource, missing);
        return await db.InTransactionAsync(() => DismissAsync(db, asked, cancellationToken), cancellationToken);
    }

    // One statement, because comparisons write pairs at any time.
    private static async Task<Result<Empty>> DismissAsync(ContactsDbContext db, DuplicatePair pair, CancellationToken cancellationToken)
    {
        var dismissed = await db.Database.SqlQuery<Guid>(
            $"""
            INSERT INTO duplicate_pairs (tenant_id, id, resource, first_id, second_id, score, reasons, dismissed, create_time, update_time)
            VALUES ({db.Caller.RequiredTenantId}, {pair.Id}, {pair.Resource}, {pair.FirstId}, {pair.SecondId}, 0, ARRAY[]::text[], true, now(), now())
            ON CONFLICT (tenant_id, first_id, second_id) DO UPDATE SET dismissed = true, update_time = now() WHERE NOT duplicate_pairs.dismissed
            RETURNING id
            """).ToListAsync(cancellationToken);
        foreach (var id in dismissed)
        {
            db.Audit("dismiss", "contacts.duplicate", id.ToString(), after: new Struct
            {
                Fields = { ["firstId"] = Value.ForString($"{pair.FirstId}"), ["secondId"] = Value.ForString($"{pair.SecondId}") },
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        return new Empty();
    }
}

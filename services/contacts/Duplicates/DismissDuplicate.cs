using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
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

    public static async Task<Result<Empty>> Handle(V1.DismissDuplicateRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (kind, now) = (DuplicateKind.Find(request.Resource)!, time.GetUtcNow());
        var asked = DuplicatePair.Of(request.Resource, Guid.Parse(request.FirstId), Guid.Parse(request.SecondId), now);
        var there = await kind.LoadAsync(db, [asked.FirstId, asked.SecondId], cancellationToken);
        if (new[] { request.FirstId, request.SecondId }.FirstOrDefault(id => !there.ContainsKey(Guid.Parse(id))) is { } missing)
            return Error.NotFound(request.Resource, missing);
        var pair = await db.DuplicatePairs.SingleOrDefaultAsync(row => row.FirstId == asked.FirstId && row.SecondId == asked.SecondId, cancellationToken);
        if (pair is { Dismissed: true })
            return new Empty();
        if (pair is null)
            db.DuplicatePairs.Add(pair = asked);
        pair.Dismiss(now);
        db.Audit("dismiss", "contacts.duplicate", pair.Id.ToString(), after: new Struct
        {
            Fields = { ["firstId"] = Value.ForString($"{pair.FirstId}"), ["secondId"] = Value.ForString($"{pair.SecondId}") },
        });
        return await db.TrySaveChangesAsync(cancellationToken, new UniqueViolation("ix_duplicate_pairs_tenant_id_first_id_second_id", Error.Stale("pair"))) is { } error ? error : new Empty();
    }
}

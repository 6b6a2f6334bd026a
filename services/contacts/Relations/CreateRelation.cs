using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Relations;

internal static class CreateRelation
{
    public sealed class Validator : AbstractValidator<V1.CreateRelationRequest>
    {
        public Validator() => RuleFor(request => request.Relation).NotNull().WithMessage("Send the relation.").SetValidator(new RelationValidator());
    }

    public static async Task<Result<V1.Relation>> Handle(V1.CreateRelationRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var relation = Relation.Create(request.Relation, time.GetUtcNow());
        if ((relation.FromPersonId ?? relation.FromCompanyId) == (relation.ToPersonId ?? relation.ToCompanyId))
            return RelationErrors.Itself;
        // A foreign key sees every record: who may not see one relates it to nothing.
        if (await db.FindFaultAsync(request.Relation, cancellationToken) is { } fault)
            return fault;
        return await db.InTransactionAsync(() => AddAsync(relation, db, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Relation>> AddAsync(Relation relation, ContactsDbContext db, CancellationToken cancellationToken)
    {
        await db.HoldRelationsAsync(cancellationToken);
        if (await IsThereAsync(relation, db, cancellationToken))
            return RelationErrors.Exists;
        if (relation is { Kind: V1.RelationKind.Parent, FromCompanyId: { } parent, ToCompanyId: { } child } && await CompanyHierarchy.FindFaultAsync(db, parent, child, cancellationToken) is { } refused)
            return refused;
        db.Relations.Add(relation);
        db.Publish(relation.Id, new V1.RelationCreated { Relation = relation.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, RelationErrors.OnSave(relation.ToMessage())) is { } error ? error : relation.ToMessage();
    }

    // No unique index: a merge may lead two of them to the same records.
    private static Task<bool> IsThereAsync(Relation relation, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var label = relation.Label;
        return db.Relations.AnyAsync(row => row.Kind == relation.Kind && row.FromPersonId == relation.FromPersonId && row.FromCompanyId == relation.FromCompanyId
            && row.ToPersonId == relation.ToPersonId && row.ToCompanyId == relation.ToCompanyId && ContactsDbContext.Lower(row.Label) == ContactsDbContext.Lower(label), cancellationToken);
    }
}

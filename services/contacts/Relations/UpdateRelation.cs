using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Relations;

internal static class UpdateRelation
{
    public sealed class Validator : AbstractValidator<V1.UpdateRelationRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Relation).NotNull().WithMessage("Send the relation.");
            RuleFor(request => request.Relation.Id).Id().When(request => request.Relation is not null);
        }
    }

    public static async Task<Result<V1.Relation>> Handle(V1.UpdateRelationRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadRelationAsync(request.Relation.Id, request.Relation.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        var relation = loaded.Value;
        var stored = relation.ToMessage();
        var merged = Masks.Merge(stored, request.Relation, request.UpdateMask).Validate(new RelationValidator(), "relation");
        if (merged.IsError)
            return merged.Error;
        if (!HaveSameEnds(merged.Value, stored))
            return RelationErrors.EndsFixed;
        relation.Update(merged.Value, time.GetUtcNow());
        db.Publish(relation.Id, new V1.RelationUpdated { Relation = relation.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : relation.ToMessage();
    }

    private static bool HaveSameEnds(V1.Relation one, V1.Relation other) => one.Kind == other.Kind && new[] { one, other }
        .Select(relation => (relation.FromPersonId.ToIdOrNull(), relation.FromCompanyId.ToIdOrNull(), relation.ToPersonId.ToIdOrNull(), relation.ToCompanyId.ToIdOrNull())).Distinct().Count() == 1;
}

using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Merging;

internal static class UnmergeLead
{
    public sealed class Validator : AbstractValidator<V1.UnmergeLeadRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Id).Id();
            RuleFor(request => request.MergeId).OptionalId();
        }
    }

    public static async Task<Result<V1.UnmergeLeadResponse>> Handle(V1.UnmergeLeadRequest request, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
    {
        var order = new UnmergeOrder(Guid.Parse(request.Id), request.MergeId.ToIdOrNull(), request.Etag);
        var outcome = await UnmergeRecords.HandleAsync(MergeKinds.Leads, order, db, clock, cancellationToken);
        return outcome.IsError ? outcome.Error : new V1.UnmergeLeadResponse
        {
            Lead = outcome.Value.Survivor.ToMessage(),
            Restored = { outcome.Value.Restored.Select(row => row.ToMessage()) },
            KeptFields = { outcome.Value.Kept },
        };
    }
}

using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Merging;

internal static class MergeLead
{
    public sealed class Validator : AbstractValidator<V1.MergeLeadRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Id).Id();
            RuleFor(request => request.Merged).Merged(request => request.Id);
            RuleFor(request => request.Rule).IsInEnum().WithMessage("There is no such rule.");
            this.Choices(V1.Lead.Descriptor, request => request.Choices);
        }
    }

    public static async Task<Result<V1.MergeLeadResponse>> Handle(V1.MergeLeadRequest request, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
    {
        var order = new MergeOrder(request.Id, request.Etag, request.Merged, request.Choices, request.Rule);
        var outcome = await MergeRecords.HandleAsync(MergeKinds.Leads, order, db, clock, cancellationToken);
        return outcome.IsError ? outcome.Error : new V1.MergeLeadResponse { Lead = outcome.Value.Survivor.ToMessage(), Merge = outcome.Value.Merge };
    }
}

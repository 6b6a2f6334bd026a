using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Merging;

internal static class UnmergeCompany
{
    public sealed class Validator : AbstractValidator<V1.UnmergeCompanyRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Id).Id();
            RuleFor(request => request.MergeId).OptionalId();
        }
    }

    public static async Task<Result<V1.UnmergeCompanyResponse>> Handle(V1.UnmergeCompanyRequest request, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
    {
        var order = new UnmergeOrder(Guid.Parse(request.Id), request.MergeId.ToIdOrNull(), request.Etag);
        var outcome = await UnmergeRecords.HandleAsync(MergeKinds.Companies, order, db, clock, cancellationToken);
        return outcome.IsError ? outcome.Error : new V1.UnmergeCompanyResponse
        {
            Company = outcome.Value.Survivor.ToMessage(),
            Restored = { outcome.Value.Restored.Select(row => row.ToMessage()) },
            KeptFields = { outcome.Value.Kept },
        };
    }
}

using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Merging;

internal static class MergePerson
{
    public sealed class Validator : AbstractValidator<V1.MergePersonRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Id).Id();
            RuleFor(request => request.Merged).Merged(request => request.Id);
            RuleFor(request => request.Rule).IsInEnum().WithMessage("There is no such rule.");
            this.Choices(V1.Person.Descriptor, request => request.Choices);
        }
    }

    public static async Task<Result<V1.MergePersonResponse>> Handle(V1.MergePersonRequest request, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
    {
        var order = new MergeOrder(request.Id, request.Etag, request.Merged, request.Choices, request.Rule);
        var outcome = await MergeRecords.HandleAsync(MergeKinds.People, order, db, clock, cancellationToken);
        return outcome.IsError ? outcome.Error : new V1.MergePersonResponse { Person = outcome.Value.Survivor.ToMessage(), Merge = outcome.Value.Merge };
    }
}

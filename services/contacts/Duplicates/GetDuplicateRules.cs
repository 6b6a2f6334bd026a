using Platform.Errors;

namespace Platform.Contacts.Duplicates;

internal static class GetDuplicateRules
{
    public static async Task<Result<V1.DuplicateRules>> Handle(V1.GetDuplicateRulesRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        DuplicateKind.Find(request.Resource) is { } kind
            ? await DuplicateRuleSet.OfAsync(db, kind, cancellationToken)
            : Error.Invalid("resource", "Use contacts.person, contacts.company or contacts.lead.");
}

using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Leads;

internal static class LeadErrors
{
    public static Error NotFound(string id) => Error.NotFound("lead", id);

    public static Error AlreadyConverted(Lead lead) =>
        Error.Precondition("LEAD_ALREADY_CONVERTED", Say($"Lead '{lead.Id}' was converted to person '{lead.ConvertedPersonId}' and is read-only: work with the person."));
}

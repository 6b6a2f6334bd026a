using Platform.Contacts.Activities;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Leads;

internal static class LeadErrors
{
    public static Error NotFound(string id) => Error.NotFound("lead", id);

    /// <summary>Why a lead cannot be deleted.</summary>
    public static Violation[] OnDelete() => [new ForeignKeyViolation(ActivityConfiguration.LeadKey, Error.Stale("lead"))];

    public static Error AlreadyConverted(Lead lead) =>
        Error.Precondition("LEAD_ALREADY_CONVERTED", Say($"Lead '{lead.Id}' was converted to person '{lead.ConvertedPersonId}' and is read-only: work with the person."));
}

using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Activities;

internal static class ActivityErrors
{
    public static readonly Error Repeated = Error.AlreadyExists("ACTIVITY_REPEATED", "This entry was written already.");

    public static readonly Error ReadOnly = Error.Precondition("ACTIVITY_READ_ONLY", "What the platform wrote on a timeline stays as it is: write a note instead.");

    public static readonly Error Cancelled = Error.Precondition("ACTIVITY_CANCELLED", "This was cancelled: set its status to ACTIVITY_STATUS_OPEN before it can be done.");

    public static readonly Error NoWork = Error.Precondition("ACTIVITY_NO_WORK", "Only a task, a call or a meeting can be done.");

    public static readonly Error DealsUnavailable = new(Google.Rpc.Code.Unavailable, "DEALS_UNAVAILABLE", "The deal cannot be looked up right now: try again in a moment.");

    public static Error NotFound(string id) => Error.NotFound("activity", id);

    /// <summary>What the database knows better than who looked before.</summary>
    public static ForeignKeyViolation[] MissingTargets(V1.Activity message) =>
    [
        new(ActivityConfiguration.LeadKey, NoLead(message.LeadId)),
        new(ActivityConfiguration.PersonKey, NoPerson(message.PersonId)),
        new(ActivityConfiguration.CompanyKey, NoCompany(message.CompanyId)),
    ];

    public static Error NoLead(string id) => Error.Invalid("activity.leadId", Say($"There is no lead with id '{id}'."));

    public static Error NoPerson(string id) => Error.Invalid("activity.personId", Say($"There is no person with id '{id}'."));

    public static Error NoCompany(string id) => Error.Invalid("activity.companyId", Say($"There is no company with id '{id}'."));

    public static Error NoDeal(string id) => Error.Invalid("activity.dealId", Say($"There is no deal with id '{id}'."));

    public static Error NoParticipant(int index, Guid id) => Error.Invalid($"activity.participantPersonIds[{index}]", Say($"There is no person with id '{id}'."));
}

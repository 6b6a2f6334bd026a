using Platform.Data;

namespace Platform.Contacts.Activities;

/// <summary>The records that an activity is about.</summary>
internal sealed record ActivityTargets(Guid? LeadId, Guid? PersonId, Guid? CompanyId, Guid? DealId)
{
    /// <summary>Whether it is about nothing any more.</summary>
    public bool IsNone => (LeadId ?? PersonId ?? CompanyId ?? DealId) is null;

    /// <summary>Those that are not among others.</summary>
    public ActivityTargets Without(ActivityTargets others) => new(
        LeadId == others.LeadId ? null : LeadId, PersonId == others.PersonId ? null : PersonId, CompanyId == others.CompanyId ? null : CompanyId, DealId == others.DealId ? null : DealId);

    public V1.ActivityTargets ToMessage() => new() { LeadId = LeadId.ToIdText(), PersonId = PersonId.ToIdText(), CompanyId = CompanyId.ToIdText(), DealId = DealId.ToIdText() };

    public static ActivityTargets Of(Activity row) => new(row.LeadId, row.PersonId, row.CompanyId, row.DealId);

    public static ActivityTargets Of(V1.Activity message) =>
        new(message.LeadId.ToIdOrNull(), message.PersonId.ToIdOrNull(), message.CompanyId.ToIdOrNull(), message.DealId.ToIdOrNull());
}

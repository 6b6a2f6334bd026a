using Platform.Data;

namespace Platform.Contacts.Activities;

/// <summary>The records that an activity is about.</summary>
internal sealed record ActivityTargets(Guid? LeadId, Guid? PersonId, Guid? CompanyId, Guid? DealId)
{
    /// <summary>Whether it is about nothing any more.</summary>
    public bool IsNone => (LeadId ?? PersonId ?? CompanyId ?? DealId) is null;

    public static ActivityTargets Of(Activity row) => new(row.LeadId, row.PersonId, row.CompanyId, row.DealId);

    public static ActivityTargets Of(V1.Activity message) =>
        new(message.LeadId.ToIdOrNull(), message.PersonId.ToIdOrNull(), message.CompanyId.ToIdOrNull(), message.DealId.ToIdOrNull());
}

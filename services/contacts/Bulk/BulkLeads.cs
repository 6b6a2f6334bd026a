using Platform.Bulk;
using Platform.Contacts.Consents;
using Platform.Contacts.Leads;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Merging;

namespace Platform.Contacts.Bulk;

/// <summary>Work on many leads: of the parts of their single writes. One that was converted is refused, as it is alone.</summary>
internal static class BulkLeads
{
    public static BulkKind<ContactsDbContext, Lead, V1.Lead> Kind { get; } = new(Lead.Resource, V1.Lead.Parser)
    {
        Noun = "lead",
        IsImported = true,
        Held = MergeKinds.Leads.Locked,
        ToMessage = row => row.ToMessage(),
        Telling = ConvertedDeals.TellingAsync,
        CustomFields = row => row.CustomFields,
        Merge = (_, db, row, change, mask, _) => Task.FromResult(UpdateLead.Merge(db, row, change, mask)),
        Write = (_, db, row, message, now, _) =>
        {
            UpdateLead.Write(db, row, message, now);
            return Task.CompletedTask;
        },
        PutBack = (_, db, row, message, now, _) =>
        {
            row.PutBack(message, now);
            db.Publish(row.Id, new V1.LeadUpdated { Lead = row.ToMessage() });
            return Task.CompletedTask;
        },
        OnSave = _ => [],
        Delete = BulkMerges.UnlessSurvivors<Lead>(DeleteLead.RemoveAsync),
        OnDelete = LeadErrors.OnDelete(),
        Restore = (_, db, message, _) =>
        {
            var row = Lead.Restore(message);
            db.Leads.Restore(row);
            db.Publish(row.Id, new V1.LeadCreated { Lead = row.ToMessage() });
            return Task.FromResult(row);
        },
        Refuse = row => row.IsConverted ? LeadErrors.AlreadyConverted(row) : null,
        Missing = (db, id, cancellationToken) => db.MissingAsync(MergeKinds.Leads, id, cancellationToken),
        Accompany = (db, ids, cancellationToken) => KeptTimeline.OfLeadsAsync(db, ids, cancellationToken).WithConsentsAsync(db, ids, cancellationToken),
        BringBack = (db, row, kept, cancellationToken) =>
        {
            db.BringBackConsents(kept, (said, time, by) => ConsentStatement.OfLead(row.Id, said, time, by));
            return KeptTimeline.BringBackAsync(db, kept, targets => targets with { LeadId = row.Id }, cancellationToken);
        },
        MergeInto = (services, db, survivor, id, cancellationToken) => BulkMerges.MergeAsync(MergeKinds.Leads, services, db, survivor, id, cancellationToken),
        Unmerge = (services, db, survivor, merge, cancellationToken) => BulkMerges.UnmergeAsync(MergeKinds.Leads, services, db, survivor, merge, cancellationToken),
    };

    public static BulkOrder OrderOf(V1.BulkLeadsRequest request) => new(request.Filter, request.Ids, request.All, request.TimeZone)
    {
        IsUpdate = request.Update is not null,
        Change = request.Update?.Lead,
        Mask = request.Update?.UpdateMask,
        Assign = request.Assign,
        AddTags = request.AddTags,
        RemoveTags = request.RemoveTags,
        Delete = request.Delete,
        Merge = request.Merge,
        Export = request.Export,
    };
}

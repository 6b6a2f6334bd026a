using Platform.Bulk;
using Platform.Contacts.Companies;
using Platform.Contacts.Merging;

namespace Platform.Contacts.Bulk;

/// <summary>Work on many companies: of the parts of their single writes.</summary>
internal static class BulkCompanies
{
    public static BulkKind<ContactsDbContext, Company, V1.Company> Kind { get; } = new(Company.Resource, V1.Company.Parser)
    {
        Noun = "company",
        IsImported = true,
        Held = MergeKinds.Companies.Locked,
        ToMessage = row => row.ToMessage(),
        CustomFields = row => row.CustomFields,
        Merge = (_, db, row, change, mask, _) => Task.FromResult(UpdateCompany.Merge(db, row, change, mask)),
        Write = (_, db, row, message, now, _) =>
        {
            UpdateCompany.Write(db, row, message, now);
            return Task.CompletedTask;
        },
        PutBack = (_, db, row, message, now, _) =>
        {
            row.PutBack(message, now);
            db.Publish(row.Id, new V1.CompanyUpdated { Company = row.ToMessage() });
            return Task.CompletedTask;
        },
        OnSave = row => [CompanyErrors.NameTaken(row.Name)],
        Delete = BulkMerges.UnlessSurvivors<Company>(DeleteCompany.RemoveAsync),
        OnDelete = CompanyErrors.OnDelete(),
        Restore = (_, db, message, _) =>
        {
            var row = Company.Restore(message);
            db.Companies.Restore(row);
            db.Publish(row.Id, new V1.CompanyCreated { Company = row.ToMessage() });
            return Task.FromResult(row);
        },
        Missing = (db, id, cancellationToken) => db.MissingAsync(MergeKinds.Companies, id, cancellationToken),
        Accompany = (db, ids, cancellationToken) => KeptTimeline.OfCompaniesAsync(db, ids, cancellationToken),
        BringBack = (db, row, kept, cancellationToken) => KeptTimeline.BringBackAsync(db, kept, targets => targets with { CompanyId = row.Id }, cancellationToken),
        MergeInto = (services, db, survivor, id, cancellationToken) => BulkMerges.MergeAsync(MergeKinds.Companies, services, db, survivor, id, cancellationToken),
        Unmerge = (services, db, survivor, merge, cancellationToken) => BulkMerges.UnmergeAsync(MergeKinds.Companies, services, db, survivor, merge, cancellationToken),
    };

    public static BulkOrder OrderOf(V1.BulkCompaniesRequest request) => new(request.Filter, request.Ids, request.All, request.TimeZone)
    {
        IsUpdate = request.Update is not null,
        Change = request.Update?.Company,
        Mask = request.Update?.UpdateMask,
        Assign = request.Assign,
        AddTags = request.AddTags,
        RemoveTags = request.RemoveTags,
        Delete = request.Delete,
        Merge = request.Merge,
        Export = request.Export,
    };
}

using Platform.Bulk;
using Platform.Contacts.Consents;
using Platform.Contacts.Merging;
using Platform.Contacts.People;

namespace Platform.Contacts.Bulk;

/// <summary>Work on many people: of the parts of their single writes.</summary>
internal static class BulkPeople
{
    public static BulkKind<ContactsDbContext, Person, V1.Person> Kind { get; } = new(Person.Resource, V1.Person.Parser)
    {
        Noun = "person",
        IsImported = true,
        Held = MergeKinds.People.Locked,
        ToMessage = row => row.ToMessage(),
        CustomFields = row => row.CustomFields,
        Merge = (_, db, row, change, mask, _) => Task.FromResult(UpdatePerson.Merge(db, row, change, mask)),
        Write = (_, db, row, message, now, _) =>
        {
            UpdatePerson.Write(db, row, message, now);
            return Task.CompletedTask;
        },
        PutBack = (_, db, row, message, now, _) =>
        {
            row.PutBack(message, now);
            db.Publish(row.Id, new V1.PersonUpdated { Person = row.ToMessage() });
            return Task.CompletedTask;
        },
        OnSave = PersonErrors.OnSave,
        Delete = BulkMerges.UnlessSurvivors<Person>(DeletePerson.RemoveAsync),
        OnDelete = PersonErrors.OnDelete(),
        Restore = (_, db, message, _) =>
        {
            var row = Person.Restore(message);
            db.People.Restore(row);
            db.Publish(row.Id, new V1.PersonCreated { Person = row.ToMessage() });
            return Task.FromResult(row);
        },
        Missing = (db, id, cancellationToken) => db.MissingAsync(MergeKinds.People, id, cancellationToken),
        Accompany = (db, ids, cancellationToken) => KeptTimeline.OfPeopleAsync(db, ids, cancellationToken).WithConsentsAsync(db, ids, cancellationToken),
        BringBack = (db, row, kept, cancellationToken) =>
        {
            db.BringBackConsents(kept, (said, time, by) => ConsentStatement.OfPerson(row.Id, said, time, by));
            return KeptTimeline.BringBackAsync(db, kept, targets => targets with { PersonId = row.Id }, cancellationToken);
        },
        MergeInto = (services, db, survivor, id, cancellationToken) => BulkMerges.MergeAsync(MergeKinds.People, services, db, survivor, id, cancellationToken),
        Unmerge = (services, db, survivor, merge, cancellationToken) => BulkMerges.UnmergeAsync(MergeKinds.People, services, db, survivor, merge, cancellationToken),
    };

    public static BulkOrder OrderOf(V1.BulkPeopleRequest request) => new(request.Filter, request.Ids, request.All, request.TimeZone)
    {
        IsUpdate = request.Update is not null,
        Change = request.Update?.Person,
        Mask = request.Update?.UpdateMask,
        Assign = request.Assign,
        AddTags = request.AddTags,
        RemoveTags = request.RemoveTags,
        Delete = request.Delete,
        Merge = request.Merge,
        Export = request.Export,
    };
}

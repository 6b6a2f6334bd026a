using Google.Protobuf;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Data;

namespace Platform.Contacts;

/// <summary>That somebody else looks after a record, for those who follow it.</summary>
internal static class OwnersTold
{
    public static IMessage? Tell(OwnerChange change) => NameOf(change.Row) is not { } name ? null : new V1.OwnerChanged
    {
        Resource = change.Resource,
        Id = change.Row.Id.ToString(),
        Name = name,
        FromOwnerId = change.From.ToIdText(),
        OwnerId = change.To.ToIdText(),
    };

    private static string? NameOf(ProtectedEntity row) => row switch
    {
        Lead lead => $"{lead.FirstName} {lead.LastName}".Trim(),
        Person person => $"{person.FirstName} {person.LastName}".Trim(),
        Company company => company.Name,
        _ => null,
    };
}

using Google.Protobuf;

namespace Platform.Contacts.Imports.Writing;

/// <summary>
/// By what a person or a lead without an e-mail is recognised: everything that the file says of it. Two people may share a name,
/// but the same row once more is the same person.
/// </summary>
internal static class Sameness
{
    public static string KeyOf(V1.Person person) => Key(new V1.Person
    {
        FirstName = person.FirstName,
        LastName = person.LastName,
        Phone = person.Phone,
        JobTitle = person.JobTitle,
        Language = person.Language,
        CompanyId = person.CompanyId,
        Address = person.Address,
    });

    public static string KeyOf(V1.Lead lead) => Key(new V1.Lead
    {
        FirstName = lead.FirstName,
        LastName = lead.LastName,
        Phone = lead.Phone,
        CompanyName = lead.CompanyName,
        JobTitle = lead.JobTitle,
        Source = lead.Source,
        Address = lead.Address,
    });

    // No address begins like that.
    private static string Key(IMessage message) => "\0" + message.ToByteString().ToBase64();
}

using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Common.V1;
using Platform.Contacts.Consents;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Merging;
using Platform.Data;
using Platform.Importing;

namespace Platform.Contacts.People;

internal sealed class Person : ProtectedEntity, IMergeable<Person, V1.Person>, IConsenting
{
    public static ProtectedResource<Person> Resource { get; } = new("contacts.person", PersonFields.Schema);

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string JobTitle { get; private set; } = "";

    public Guid? CompanyId { get; private set; }

    public Address? Address { get; private set; }

    /// <summary>The phone as E.164; null where it is not understood.</summary>
    public string? PhoneE164 { get; private set; }

    public RepeatedField<V1.OtherEmail> OtherEmails { get; private set; } = [];

    public RepeatedField<V1.OtherPhone> OtherPhones { get; private set; } = [];

    public RepeatedField<V1.OtherAddress> OtherAddresses { get; private set; } = [];

    public string Language { get; private set; } = "";

    public string TimeZone { get; private set; } = "";

    public Struct CustomFields { get; private set; } = new();

    public V1.CurrentConsents Consents { get; private set; } = new();

    /// <summary>The purposes of these that are agreed to, by which lists ask.</summary>
    public List<string> ConsentedTo { get; private set; } = [];

    public static Person Create(V1.Person message, DateTimeOffset now, Guid? id = null)
    {
        var person = new Person { Id = id ?? Guid.CreateVersion7(), CreateTime = now };
        person.Update(message, now);
        return person;
    }

    public static Person Restore(V1.Person message)
    {
        var person = new Person { Id = Guid.Parse(message.Id), CreateTime = message.CreateTime.ToDateTimeOffset() };
        person.PutBack(message, message.UpdateTime.ToDateTimeOffset());
        person.TakeConsents(new V1.CurrentConsents { Consents = { message.Consents } });
        return person;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.Person message, DateTimeOffset now)
    {
        FirstName = message.FirstName.Trim();
        LastName = message.LastName.Trim();
        Email = message.Email.Trim();
        Phone = message.Phone.Trim();
        JobTitle = message.JobTitle.Trim();
        CompanyId = message.CompanyId.ToIdOrNull();
        Address = message.Address;
        PhoneE164 = PhoneText.ToE164(Phone, Address?.Country);
        OtherEmails = OtherPoints.Emails(message.OtherEmails, Email);
        OtherPhones = OtherPoints.Phones(message.OtherPhones, Phone, Address?.Country);
        OtherAddresses = OtherPoints.Addresses(message.OtherAddresses, Address);
        Language = message.Language.Trim();
        TimeZone = message.TimeZone;
        CustomFields = message.CustomFields ?? new Struct();
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        UpdateTime = now;
    }

    public void PutBack(V1.Person message, DateTimeOffset now)
    {
        Update(message, now);
        OwnerId = message.OwnerId.ToIdOrNull();
    }

    public bool TakeConsents(V1.CurrentConsents consents)
    {
        if (Consents.Equals(consents))
            return false;
        (Consents, ConsentedTo) = (consents, consents.Given());
        return true;
    }

    /// <summary>Takes what is empty here; true when that was something.</summary>
    public bool Fill(V1.Person values, DateTimeOffset now)
    {
        var filled = ToMessage().Clone();
        if (!Blanks.Fill(filled, values))
            return false;
        Update(filled, now);
        return true;
    }

    public V1.Person ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        FirstName = FirstName,
        LastName = LastName,
        Email = Email,
        Phone = Phone,
        JobTitle = JobTitle,
        CompanyId = CompanyId.ToIdText(),
        Address = Address,
        Language = Language,
        TimeZone = TimeZone,
        CustomFields = CustomFields,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        OwnerId = OwnerId.ToIdText(),
        PhoneE164 = PhoneE164 ?? "",
        OtherEmails = { OtherEmails },
        OtherPhones = { OtherPhones },
        OtherAddresses = { OtherAddresses },
        Consents = { Consents.Consents },
    };
}

using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Common.V1;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Merging;
using Platform.Data;
using Platform.Importing;

namespace Platform.Contacts.Companies;

internal sealed class Company : ProtectedEntity, IMergeable<Company, V1.Company>
{
    public static ProtectedResource<Company> Resource { get; } = new("contacts.company", CompanyFields.Schema);

    public string Name { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string Website { get; private set; } = "";

    public string TaxNumber { get; private set; } = "";

    public Address? Address { get; private set; }

    /// <summary>The phone as E.164; null where it is not understood.</summary>
    public string? PhoneE164 { get; private set; }

    public RepeatedField<V1.OtherEmail> OtherEmails { get; private set; } = [];

    public RepeatedField<V1.OtherPhone> OtherPhones { get; private set; } = [];

    public RepeatedField<V1.OtherAddress> OtherAddresses { get; private set; } = [];

    public Struct CustomFields { get; private set; } = new();

    public static Company Create(V1.Company message, DateTimeOffset now, Guid? id = null)
    {
        var company = new Company { Id = id ?? Guid.CreateVersion7(), CreateTime = now };
        company.Update(message, now);
        return company;
    }

    public static Company Restore(V1.Company message)
    {
        var company = new Company { Id = Guid.Parse(message.Id), CreateTime = message.CreateTime.ToDateTimeOffset() };
        company.PutBack(message, message.UpdateTime.ToDateTimeOffset());
        return company;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.Company message, DateTimeOffset now)
    {
        Name = message.Name.Trim();
        Email = message.Email.Trim();
        Phone = message.Phone.Trim();
        Website = message.Website.Trim();
        TaxNumber = message.TaxNumber.Trim();
        Address = message.Address;
        PhoneE164 = PhoneText.ToE164(Phone, Address?.Country);
        OtherEmails = OtherPoints.Emails(message.OtherEmails, Email);
        OtherPhones = OtherPoints.Phones(message.OtherPhones, Phone, Address?.Country);
        OtherAddresses = OtherPoints.Addresses(message.OtherAddresses, Address);
        CustomFields = message.CustomFields ?? new Struct();
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        UpdateTime = now;
    }

    public void PutBack(V1.Company message, DateTimeOffset now)
    {
        Update(message, now);
        OwnerId = message.OwnerId.ToIdOrNull();
    }

    /// <summary>Takes what is empty here; true when that was something.</summary>
    public bool Fill(V1.Company values, DateTimeOffset now)
    {
        var filled = ToMessage().Clone();
        if (!Blanks.Fill(filled, values))
            return false;
        Update(filled, now);
        return true;
    }

    public V1.Company ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Name = Name,
        Email = Email,
        Phone = Phone,
        Website = Website,
        TaxNumber = TaxNumber,
        Address = Address,
        CustomFields = CustomFields,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        OwnerId = OwnerId.ToIdText(),
        PhoneE164 = PhoneE164 ?? "",
        OtherEmails = { OtherEmails },
        OtherPhones = { OtherPhones },
        OtherAddresses = { OtherAddresses },
    };
}

using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Common.V1;
using Platform.Contacts.Consents;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Merging;
using Platform.Data;
using Platform.Importing;

namespace Platform.Contacts.Leads;

internal sealed class Lead : ProtectedEntity, IMergeable<Lead, V1.Lead>, IConsenting
{
    public static ProtectedResource<Lead> Resource { get; } = new("contacts.lead", LeadFields.Schema);

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string CompanyName { get; private set; } = "";

    public string JobTitle { get; private set; } = "";

    public string Source { get; private set; } = "";

    public V1.LeadStatus Status { get; private set; } = V1.LeadStatus.New;

    public Guid? ConvertedPersonId { get; private set; }

    public Guid? ConvertedCompanyId { get; private set; }

    /// <summary>The deal that was begun with the conversion.</summary>
    public Guid? ConvertedDealId { get; private set; }

    public DateTimeOffset? ConvertTime { get; private set; }

    public Address? Address { get; private set; }

    /// <summary>The phone as E.164; null where it is not understood.</summary>
    public string? PhoneE164 { get; private set; }

    public Struct CustomFields { get; private set; } = new();

    public V1.CurrentConsents Consents { get; private set; } = new();

    /// <summary>The purposes of these that are agreed to, by which lists ask.</summary>
    public List<string> ConsentedTo { get; private set; } = [];

    /// <summary>What the company's rules give it, 0 to 100; null where there are none.</summary>
    [Judged]
    public int? Score { get; private set; }

    /// <summary>Read-only from then on.</summary>
    public bool IsConverted => Status == V1.LeadStatus.Converted;

    public static Lead Create(V1.Lead message, DateTimeOffset now)
    {
        var lead = new Lead { CreateTime = now };
        lead.Update(message, now);
        return lead;
    }

    /// <summary>One that was not converted, as it was when it was deleted.</summary>
    public static Lead Restore(V1.Lead message)
    {
        var lead = new Lead { Id = Guid.Parse(message.Id), CreateTime = message.CreateTime.ToDateTimeOffset() };
        lead.PutBack(message, message.UpdateTime.ToDateTimeOffset());
        lead.TakeConsents(new V1.CurrentConsents { Consents = { message.Consents } });
        return lead;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.Lead message, DateTimeOffset now)
    {
        FirstName = message.FirstName.Trim();
        LastName = message.LastName.Trim();
        Email = message.Email.Trim();
        Phone = message.Phone.Trim();
        CompanyName = message.CompanyName.Trim();
        JobTitle = message.JobTitle.Trim();
        Source = message.Source.Trim();
        Status = message.Status == V1.LeadStatus.Unspecified ? V1.LeadStatus.New : message.Status;
        Address = message.Address;
        PhoneE164 = PhoneText.ToE164(Phone, Address?.Country);
        CustomFields = message.CustomFields ?? new Struct();
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        UpdateTime = now;
    }

    /// <summary>An update that takes everything from the message, an absent owner too.</summary>
    public void PutBack(V1.Lead message, DateTimeOffset now)
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
    public bool Fill(V1.Lead values, DateTimeOffset now)
    {
        var filled = ToMessage().Clone();
        if (!Blanks.Fill(filled, values))
            return false;
        Update(filled, now);
        return true;
    }

    /// <summary>Somebody else looks after it, by a rule.</summary>
    public void GiveTo(Guid owner, DateTimeOffset now) => (OwnerId, UpdateTime) = (owner, now);

    /// <summary>The rules give it this.</summary>
    public void Judge(int? score) => Score = score;

    public void Convert(Guid personId, Guid? companyId, Guid? dealId, DateTimeOffset now)
    {
        Status = V1.LeadStatus.Converted;
        ConvertedPersonId = personId;
        ConvertedCompanyId = companyId;
        ConvertedDealId = dealId;
        UpdateTime = now;
        // Read back, because UpdateTime has the precision of PostgreSQL: the answer then equals what is read later.
        ConvertTime = UpdateTime;
    }

    public V1.Lead ToMessage()
    {
        var message = new V1.Lead
        {
            Id = Id.ToString(),
            Etag = Etag,
            FirstName = FirstName,
            LastName = LastName,
            Email = Email,
            Phone = Phone,
            CompanyName = CompanyName,
            JobTitle = JobTitle,
            Source = Source,
            Status = Status,
            ConvertedPersonId = ConvertedPersonId.ToIdText(),
            ConvertedCompanyId = ConvertedCompanyId.ToIdText(),
            ConvertedDealId = ConvertedDealId.ToIdText(),
            ConvertTime = ConvertTime.ToTimestampOrNull(),
            Address = Address,
            CustomFields = CustomFields,
            CreateTime = CreateTime.ToTimestamp(),
            UpdateTime = UpdateTime.ToTimestamp(),
            OwnerId = OwnerId.ToIdText(),
            PhoneE164 = PhoneE164 ?? "",
            Consents = { Consents.Consents },
        };
        if (Score is { } score)
            message.Score = score;
        return message;
    }
}

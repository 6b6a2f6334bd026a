using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Deals.Lines;
using Platform.Errors;

namespace Platform.Deals.Quotes;

/// <summary>One revision of an offer for a deal. Frozen once it is sent, but for how it ends.</summary>
internal sealed class Quote : ProtectedEntity, IProtected<Quote>
{
    private const int UsualDays = 30;

    public static ProtectedResource<Quote> Resource { get; } = new("deals.quote", QuoteFields.Schema) { Whole = (Deal.Resource.Info.Name, OfVisibleDeals) };

    public string? Number { get; private set; }

    public int Revision { get; private init; } = 1;

    /// <summary>The first revision, which all later ones share; its own id of a first one.</summary>
    public Guid RootId { get; private init; }

    public Guid? PreviousId { get; private init; }

    public V1.QuoteStatus Status { get; private set; } = V1.QuoteStatus.Draft;

    public Guid DealId { get; private init; }

    public Guid? CompanyId { get; private init; }

    public Guid? PersonId { get; private init; }

    public string Name { get; private set; } = "";

    public V1.QuoteParty? Seller { get; private set; }

    public V1.QuoteParty Buyer { get; private set; } = new();

    public string Currency { get; private init; } = "";

    public V1.QuoteTaxRounding TaxRounding { get; private init; }

    public List<LineItem> LineItems { get; private set; } = [];

    public List<TaxSubtotal> TaxSubtotals { get; private set; } = [];

    public decimal NetTotal { get; private set; }

    public decimal TaxTotal { get; private set; }

    public decimal Total { get; private set; }

    public DateOnly ExpireDate { get; private set; }

    public string TimeZone { get; private set; } = "";

    /// <summary>The end of that day there.</summary>
    public DateTimeOffset ExpireTime { get; private set; }

    public string Introduction { get; private set; } = "";

    public string Terms { get; private set; } = "";

    public string Language { get; private set; } = "";

    public bool WinsDeal { get; private set; } = true;

    public DateTimeOffset? SendTime { get; private set; }

    public string ContentHash { get; private set; } = "";

    public DateTimeOffset? AnswerTime { get; private set; }

    public string SignerName { get; private set; } = "";

    public string DeclineReason { get; private set; } = "";

    public string ClientAddress { get; private set; } = "";

    public string AnsweredHash { get; private set; } = "";

    public Guid? RecordedBy { get; private set; }

    public Struct CustomFields { get; private set; } = new();

    public bool IsDraft => Status == V1.QuoteStatus.Draft;

    public static Quote Create(V1.Quote message, Deals.Deal deal, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        var quote = new Quote
        {
            Id = id,
            RootId = id,
            CreateTime = now,
            DealId = deal.Id,
            CompanyId = deal.CompanyId,
            PersonId = deal.PersonId,
            Currency = deal.Currency,
            TaxRounding = message.TaxRounding == V1.QuoteTaxRounding.Unspecified ? V1.QuoteTaxRounding.PerDocument : message.TaxRounding,
        };
        quote.Update(message, now);
        return quote;
    }

    public override ProtectedResource AccessResource() => Resource;

    private static IQueryable<Quote> OfVisibleDeals(IQueryable<Quote> quotes, PlatformDbContext db)
    {
        var deals = ((DealsDbContext)db).Deals;
        return quotes.Where(quote => deals.Any(deal => deal.Id == quote.DealId));
    }

    public void Update(V1.Quote message, DateTimeOffset now)
    {
        Name = message.Name.Trim();
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        Buyer = message.Buyer ?? new V1.QuoteParty();
        (Introduction, Terms) = (message.Introduction.Trim(), message.Terms.Trim());
        Language = message.Language.Length == 0 ? "en" : message.Language;
        WinsDeal = !message.HasWinsDeal || message.WinsDeal;
        CustomFields = message.CustomFields ?? new Struct();
        SetExpiry(message.ExpireDate, message.TimeZone.Length == 0 ? "UTC" : message.TimeZone, now);
        SetLineItems(message.LineItems);
        UpdateTime = now;
    }

    /// <summary>The next revision: a draft with the same content.</summary>
    public Quote Revise(DateTimeOffset now)
    {
        var next = new Quote
        {
            Number = Number,
            Revision = Revision + 1,
            RootId = RootId,
            PreviousId = Id,
            CreateTime = now,
            DealId = DealId,
            CompanyId = CompanyId,
            PersonId = PersonId,
            Currency = Currency,
            TaxRounding = TaxRounding,
        };
        var message = ToMessage();
        // What was good for so many days is good for as many again.
        message.ExpireDate = Days.Of(now, TimeZone).AddDays(DaysOf()).ToDateText();
        next.Update(message, now);
        return next;
    }

    /// <summary>Why it cannot be sent as it is; null where it can.</summary>
    public Error? CheckSend(Deals.Deal deal, DateTimeOffset now)
    {
        if (!IsDraft)
            return QuoteErrors.Sent;
        if (LineItems.Count == 0)
            return QuoteErrors.WithoutLines;
        if (Buyer.Name.Length == 0)
            return QuoteErrors.WithoutBuyer;
        if (ExpireTime <= now)
            return QuoteErrors.ExpireDatePassed;
        if (!deal.IsOpen)
            return Deals.DealErrors.Closed;
        if (deal.Currency != Currency)
            return QuoteErrors.OtherCurrency;
        return WinsDeal && deal is { CompanyId: null, PersonId: null } ? Deals.DealErrors.WithoutCustomer : null;
    }

    public void Send(string number, V1.QuoteParty seller, DateTimeOffset now)
    {
        (Number, Seller, Status) = (number, seller, V1.QuoteStatus.Sent);
        // By way of UpdateTime, which has PostgreSQL's precision.
        UpdateTime = now;
        SendTime = UpdateTime;
        ContentHash = QuoteContent.HashOf(this);
    }

    /// <summary>Whether that changed anything.</summary>
    public bool Supersede(DateTimeOffset now) =>
        Status is V1.QuoteStatus.Sent or V1.QuoteStatus.Declined or V1.QuoteStatus.Expired && End(V1.QuoteStatus.Superseded, now);

    /// <summary>Whether that changed anything.</summary>
    public bool Expire(DateTimeOffset now) => Status == V1.QuoteStatus.Sent && ExpireTime <= now && End(V1.QuoteStatus.Expired, now);

    /// <summary>Why it cannot be answered any more; null where it can.</summary>
    public Error? CheckAnswer(DateTimeOffset now) => Status switch
    {
        V1.QuoteStatus.Sent => ExpireTime <= now ? QuoteErrors.Expired : null,
        V1.QuoteStatus.Draft => QuoteErrors.NotSent,
        V1.QuoteStatus.Accepted => QuoteErrors.Accepted,
        V1.QuoteStatus.Declined => QuoteErrors.Declined,
        V1.QuoteStatus.Superseded => QuoteErrors.Superseded,
        _ => QuoteErrors.Expired,
    };

    public void Answer(V1.QuoteStatus status, Signature signature, DateTimeOffset now)
    {
        (SignerName, DeclineReason) = (signature.Name.Trim(), signature.Reason.Trim());
        (ClientAddress, RecordedBy, AnsweredHash) = (signature.ClientAddress, signature.RecordedBy, ContentHash);
        End(status, now);
        AnswerTime = UpdateTime;
    }

    public V1.Quote ToMessage() => QuoteMessages.Of(this);

    private bool End(V1.QuoteStatus status, DateTimeOffset now)
    {
        (Status, UpdateTime) = (status, now);
        return true;
    }

    private int DaysOf() => Math.Max(ExpireDate.DayNumber - Days.Of(CreateTime, TimeZone).DayNumber, 0);

    private void SetExpiry(string date, string timeZone, DateTimeOffset now)
    {
        (ExpireDate, TimeZone) = (date.ToDateOrNull() ?? Days.Of(now, timeZone).AddDays(UsualDays), timeZone);
        ExpireTime = Days.EndOf(ExpireDate, TimeZone);
    }

    private void SetLineItems(IReadOnlyCollection<V1.LineItem> messages)
    {
        var known = LineItems.Select(line => line.Id).ToHashSet();
        LineItems = [.. messages.Select(message => LineItem.Create(message, known))];
        var totals = Totals.Of(LineItems, TaxRounding, Currency);
        TaxSubtotals = [.. totals.Subtotals];
        (NetTotal, TaxTotal, Total) = (totals.Net, totals.Tax, totals.Gross);
    }
}

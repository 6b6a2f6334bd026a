using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Monetary;
using Platform.Monetary.Rates;

namespace Platform.Deals.Deals;

internal sealed class Deal : ProtectedEntity, IProtected<Deal>, IReported
{
    private const int DefaultProbability = 50;

    public static ProtectedResource<Deal> Resource { get; } = new("deals.deal", DealFields.Schema);

    public string Name { get; private set; } = "";

    public Guid? CompanyId { get; private set; }

    public Guid? PersonId { get; private set; }

    public V1.DealStatus Status { get; private set; } = V1.DealStatus.Open;

    public string Currency { get; private set; } = "";

    public decimal Amount { get; private set; }

    public decimal? AmountEstimate { get; private set; }

    public int Probability { get; private set; }

    public DateOnly? CloseDate { get; private set; }

    public List<LineItem> LineItems { get; private set; } = [];

    public string LostReason { get; private set; } = "";

    public string FlagCode { get; private set; } = "";

    public string FlagReason { get; private set; } = "";

    public DateTimeOffset? CloseTime { get; private set; }

    public Struct CustomFields { get; private set; } = new();

    public string ReportingCurrency { get; private set; } = "";

    /// <summary>What one unit of the deal's currency is worth in the company's; null where no rate is known.</summary>
    public decimal? ReportingRate { get; private set; }

    public DateOnly BusinessDate => CloseDate ?? DateOnly.FromDateTime((CloseTime ?? CreateTime).UtcDateTime);

    public bool IsOpen => Status == V1.DealStatus.Open;

    public static Deal Create(V1.Deal message, DateTimeOffset now)
    {
        var deal = new Deal { CreateTime = now };
        deal.Update(message, now);
        return deal;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.Deal message, DateTimeOffset now)
    {
        Name = message.Name.Trim();
        CompanyId = message.CompanyId.ToIdOrNull();
        PersonId = message.PersonId.ToIdOrNull();
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        Currency = message.Currency;
        AmountEstimate = message.AmountEstimate?.ToDecimal();
        Probability = message.HasProbability ? message.Probability : DefaultProbability;
        CloseDate = message.CloseDate.Length == 0 ? null : DateOnly.ParseExact(message.CloseDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        SetLineItems(message.LineItems);
        CustomFields = message.CustomFields ?? new Struct();
        UpdateTime = now;
    }

    public Error? Win(DateTimeOffset now)
    {
        if (Status == V1.DealStatus.Lost)
            return DealErrors.Lost;
        if (LineItems.Count == 0)
            return DealErrors.WithoutLineItems;
        if (CompanyId is null && PersonId is null)
            return DealErrors.WithoutCustomer;
        Close(V1.DealStatus.Won, probability: 100, now);
        return null;
    }

    public Error? Lose(string reason, DateTimeOffset now)
    {
        if (Status == V1.DealStatus.Won)
            return DealErrors.Won;
        LostReason = reason.Trim();
        Close(V1.DealStatus.Lost, probability: 0, now);
        return null;
    }

    /// <summary>Whether that changed anything.</summary>
    public bool Flag(string code, string reason, DateTimeOffset now)
    {
        if (FlagCode == code && FlagReason == reason)
            return false;
        (FlagCode, FlagReason, UpdateTime) = (code, reason, now);
        return true;
    }

    public void Report(string companyCurrency, decimal? rate) => (ReportingCurrency, ReportingRate) = (companyCurrency, rate);

    public V1.Deal ToMessage()
    {
        var message = new V1.Deal
        {
            Id = Id.ToString(),
            Etag = Etag,
            Name = Name,
            CompanyId = CompanyId.ToIdText(),
            PersonId = PersonId.ToIdText(),
            OwnerId = OwnerId.ToIdText(),
            Status = Status,
            Currency = Currency,
            Amount = Amount.ToMoney(Currency),
            AmountEstimate = AmountEstimate?.ToMoney(Currency),
            Probability = Probability,
            ExpectedRevenue = Amounts.PercentOf(Amount, Probability, Currency).ToMoney(Currency),
            CloseDate = CloseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            LostReason = LostReason,
            FlagCode = FlagCode,
            FlagReason = FlagReason,
            CloseTime = CloseTime.ToTimestampOrNull(),
            CustomFields = CustomFields,
            CreateTime = CreateTime.ToTimestamp(),
            UpdateTime = UpdateTime.ToTimestamp(),
            ReportingAmount = Amount.ToReporting(ReportingCurrency, ReportingRate),
            ReportingRate = ReportingRate.ToRateText(),
        };
        message.LineItems.AddRange(LineItems.Select(line => line.ToMessage(Currency)));
        return message;
    }

    private void SetLineItems(IReadOnlyCollection<V1.LineItem> messages)
    {
        var known = LineItems.Select(line => line.Id).ToHashSet();
        LineItems = [.. messages.Select(message => LineItem.Create(message, known))];
        Amount = LineItems.Count > 0 ? LineItems.Sum(line => line.Net) : AmountEstimate ?? 0;
    }

    private void Close(V1.DealStatus status, int probability, DateTimeOffset now)
    {
        (Status, Probability) = (status, probability);
        // Like the times of every resource with PostgreSQL's precision, so that the answer equals what is read later.
        UpdateTime = now;
        CloseTime = UpdateTime;
    }
}

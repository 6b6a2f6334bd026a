using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Deals.Competitors;
using Platform.Deals.Lines;
using Platform.Deals.Roles;
using Platform.Deals.Stages;
using Platform.Deals.Team;
using Platform.Errors;
using Platform.Monetary;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;

namespace Platform.Deals.Deals;

internal sealed class Deal : ProtectedEntity, IProtected<Deal>, IReported
{
    private int _earlierChanges;

    public static ProtectedResource<Deal> Resource { get; } = new("deals.deal", DealFields.Schema);

    public string Name { get; private set; } = "";

    public Guid? CompanyId { get; private set; }

    public Guid? PersonId { get; private set; }

    public V1.DealStatus Status { get; private set; } = V1.DealStatus.Open;

    public string Currency { get; private set; } = "";

    public decimal Amount { get; private set; }

    public decimal? AmountEstimate { get; private set; }

    public V1.AmountMode AmountMode { get; private set; } = V1.AmountMode.Lines;

    public int Probability { get; private set; }

    public DateOnly? CloseDate { get; private set; }

    public Guid? PipelineId { get; private set; }

    /// <summary>None of a deal of before there were pipelines, until it gets one.</summary>
    public Guid? StageId { get; private set; }

    public DateTimeOffset? StageChangeTime { get; private set; }

    /// <summary>From when on it is rotting in its stage.</summary>
    public DateTimeOffset? RottingSince { get; private set; }

    public ForecastCategory ForecastCategory { get; private set; } = ForecastCategory.Pipeline;

    /// <summary>Whether somebody said another probability than the stage has: it stays from stage to stage.</summary>
    public bool HasOwnProbability { get; private set; }

    /// <summary>The same of the forecast category.</summary>
    public bool HasOwnForecast { get; private set; }

    public string NextStep { get; private set; } = "";

    public DateOnly? NextStepDate { get; private set; }

    public Guid? LossReasonId { get; private set; }

    /// <summary>Where it came from, in the company's words.</summary>
    public string Source { get; private set; } = "";

    /// <summary>The team of the company to which it belongs.</summary>
    public Guid? TeamId { get; private set; }

    /// <summary>How many changes of its way are written down.</summary>
    public int Changes { get; private set; }

    /// <summary>By which number its first change since it is tracked is written down, where it is new or comes back.</summary>
    public int FirstChange => _earlierChanges + 1;

    public List<LineItem> LineItems { get; private set; } = [];

    public List<Competitor> Competitors { get; private set; } = [];

    public List<TeamMember> Team { get; private set; } = [];

    /// <summary>Who has a say on the customer's side.</summary>
    public List<ContactRole> Contacts { get; private set; } = [];

    /// <summary>Whose the credit is; nobody's but the owner's where there are none.</summary>
    public List<Split> Splits { get; private set; } = [];

    /// <summary>The same in a text, which the history follows.</summary>
    public string Credit { get; private set; } = "";

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

    bool IReported.IsSettled => !IsOpen;

    public static Deal Create(V1.Deal message, Place place, DateTimeOffset now, Guid? id = null)
    {
        var deal = new Deal { Id = id ?? Guid.CreateVersion7(), CreateTime = now };
        deal.Enter(place, now);
        deal.Update(message, place, now);
        return deal;
    }

    public override ProtectedResource AccessResource() => Resource;

    /// <param name="message">The deal as it is to be.</param>
    /// <param name="place">Where it is to be; null where neither that nor what follows from it changes.</param>
    /// <param name="now">When.</param>
    public void Update(V1.Deal message, Place? place, DateTimeOffset now)
    {
        Name = message.Name.Trim();
        CompanyId = message.CompanyId.ToIdOrNull();
        PersonId = message.PersonId.ToIdOrNull();
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        Currency = message.Currency;
        AmountEstimate = message.AmountEstimate?.ToDecimal();
        AmountMode = message.AmountMode == V1.AmountMode.Unspecified ? V1.AmountMode.Lines : message.AmountMode;
        CloseDate = message.CloseDate.ToDateOrNull();
        Source = message.Source.Trim();
        TeamId = message.TeamId.ToIdOrNull();
        NextStep = message.NextStep.Trim();
        NextStepDate = message.NextStepDate.ToDateOrNull();
        SetLineItems(message.LineItems);
        SetParties(message);
        CustomFields = message.CustomFields ?? new Struct();
        if (place is not null)
            Settle(message, place, now);
        UpdateTime = now;
    }

    /// <summary>What it was before; an absent owner too, and since when it was where it was.</summary>
    /// <param name="message">What it was.</param>
    /// <param name="place">Where it was; null where it is there, with what follows from it.</param>
    /// <param name="now">When.</param>
    public void PutBack(V1.Deal message, Place? place, DateTimeOffset now)
    {
        Update(message, place, now);
        OwnerId = message.OwnerId.ToIdOrNull();
        if (place is not null)
            (StageChangeTime, RottingSince) = (message.StageChangeTime?.ToDateTimeOffset(), message.RottingSince?.ToDateTimeOffset());
    }

    /// <summary>It is there again, as it was when it was deleted.</summary>
    /// <param name="message">What it was.</param>
    /// <param name="changes">How many changes of its way are written down, its deletion too.</param>
    public void ComeBack(V1.Deal message, int changes)
    {
        PutBack(message, place: null, message.UpdateTime.ToDateTimeOffset());
        _earlierChanges = changes;
    }

    /// <summary>What is sold is what the customer accepted.</summary>
    public void Adopt(IEnumerable<LineItem> accepted)
    {
        LineItems = [.. accepted.Select(line => line with { })];
        SetAmount();
    }

    public Error? Move(Place place, DateTimeOffset now)
    {
        if (!IsOpen)
            return DealErrors.Closed;
        Enter(place, now);
        UpdateTime = now;
        return null;
    }

    public Error? Win(Place place, DateTimeOffset now)
    {
        if (Status == V1.DealStatus.Lost)
            return DealErrors.Lost;
        if (LineItems.Count == 0)
            return DealErrors.WithoutLineItems;
        if (CompanyId is null && PersonId is null)
            return DealErrors.WithoutCustomer;
        Close(V1.DealStatus.Won, place, now);
        return null;
    }

    public Error? Lose(Place place, string reason, LossReason? lossReason, string winnerId, DateTimeOffset now)
    {
        if (Status == V1.DealStatus.Won)
            return DealErrors.Won;
        if (CompetitorRules.Check(Competitors, winnerId) is { } unknown)
            return unknown;
        if (winnerId.Length > 0)
            Competitors = CompetitorRules.Won(Competitors, winnerId);
        LossReasonId = lossReason?.Id.ToIdOrNull();
        LostReason = reason.Trim() is { Length: > 0 } said ? said : lossReason?.Name ?? "";
        Close(V1.DealStatus.Lost, place, now);
        return null;
    }

    /// <summary>One more change of its way is written down.</summary>
    public void Count(int changes) => Changes = changes;

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
        var recurring = RecurringTotals.Of(LineItems, Currency);
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
            AmountMode = AmountMode,
            OneOffAmount = recurring.OneOff.ToMoney(Currency),
            MonthlyRecurring = recurring.Monthly.ToMoney(Currency),
            YearlyRecurring = recurring.Yearly.ToMoney(Currency),
            Probability = Probability,
            ExpectedRevenue = Amounts.PercentOf(Amount, Probability, Currency).ToMoney(Currency),
            CloseDate = CloseDate.ToDateText(),
            LostReason = LostReason,
            FlagCode = FlagCode,
            FlagReason = FlagReason,
            CloseTime = CloseTime.ToTimestampOrNull(),
            CustomFields = CustomFields,
            CreateTime = CreateTime.ToTimestamp(),
            UpdateTime = UpdateTime.ToTimestamp(),
            ReportingAmount = Amount.ToReporting(ReportingCurrency, ReportingRate),
            ReportingRate = ReportingRate.ToRateText(),
            PipelineId = PipelineId.ToIdText(),
            StageId = StageId.ToIdText(),
            ForecastCategory = ForecastCategory,
            StageChangeTime = StageChangeTime.ToTimestampOrNull(),
            RottingSince = RottingSince.ToTimestampOrNull(),
            LossReasonId = LossReasonId.ToIdText(),
            Source = Source,
            TeamId = TeamId.ToIdText(),
            NextStep = NextStep,
            NextStepDate = NextStepDate.ToDateText(),
        };
        message.LineItems.AddRange(LineItems.Select(line => line.ToMessage(Currency)));
        message.Competitors.AddRange(Competitors.Select(competitor => competitor.ToMessage()));
        message.Team.AddRange(Team.Select(member => member.ToMessage()));
        message.Contacts.AddRange(Contacts.Select(contact => contact.ToMessage()));
        message.Splits.AddRange(Split.ToMessages(Splits, Amount, Currency));
        return message;
    }

    private void SetLineItems(IReadOnlyCollection<V1.LineItem> messages)
    {
        var known = LineItems.Select(line => line.Id).ToHashSet();
        LineItems = [.. messages.Select(message => LineItem.Create(message, known))];
        SetAmount();
    }

    private void SetParties(V1.Deal message)
    {
        var known = Competitors.Select(competitor => competitor.Id).ToHashSet();
        Competitors = [.. message.Competitors.Select(competitor => Competitor.Create(competitor, known))];
        Team = [.. message.Team.Select(TeamMember.Create)];
        Contacts = [.. message.Contacts.Select(ContactRole.Create)];
        Splits = [.. message.Splits.Select(Split.Create)];
        Credit = Split.ToText(Splits);
    }

    private void SetAmount() =>
        Amount = AmountMode == V1.AmountMode.Lines && LineItems.Count > 0 ? LineItems.Sum(line => line.TotalOf()) : AmountEstimate ?? 0;

    // What is said to be as it was is no word against the stage.
    private void Settle(V1.Deal message, Place place, DateTimeOffset now)
    {
        var (probability, forecast) = (Probability, ForecastCategory);
        if (!message.HasProbability)
            HasOwnProbability = false;
        if (message.ForecastCategory == ForecastCategory.Unspecified)
            HasOwnForecast = false;
        if (place.StageId != StageId)
            Enter(place, now);
        else
            Follow(place.Stage);
        if (message.HasProbability && message.Probability != probability)
            (Probability, HasOwnProbability) = (message.Probability, message.Probability != place.Stage.Probability);
        if (message.ForecastCategory != ForecastCategory.Unspecified && message.ForecastCategory != forecast)
            (ForecastCategory, HasOwnForecast) = (message.ForecastCategory, message.ForecastCategory != place.Stage.ForecastCategory);
    }

    private void Enter(Place place, DateTimeOffset now)
    {
        (PipelineId, StageId, StageChangeTime) = (place.PipelineId, place.StageId, ToMicroseconds(now));
        RottingSince = place.Stage is { Kind: StageKind.Open, RottingDays: > 0 and var days } ? StageChangeTime + TimeSpan.FromDays(days) : null;
        Follow(place.Stage);
    }

    private void Follow(Stage stage)
    {
        if (!HasOwnProbability)
            Probability = stage.Probability;
        if (!HasOwnForecast)
            ForecastCategory = stage.ForecastCategory;
    }

    private void Close(V1.DealStatus status, Place place, DateTimeOffset now)
    {
        (Status, HasOwnProbability, HasOwnForecast) = (status, false, false);
        Enter(place, now);
        // Like the times of every resource with PostgreSQL's precision, so that the answer equals what is read later.
        UpdateTime = now;
        CloseTime = UpdateTime;
    }
}

using Platform.Auditing;
using Platform.Data;
using Platform.Pipelines.V1;
using Platform.Tenancy;

namespace Platform.Deals.History;

/// <summary>What one save changed of a deal's way: what it was, and what it became. Never changed itself, and kept when the deal goes.</summary>
[NotAudited("The log tells of the same changes with the deal itself.")]
internal sealed class DealChange : Entity
{
    public Guid DealId { get; init; }

    /// <summary>The place among the changes of the deal, from 1 on without holes.</summary>
    public int Number { get; init; }

    public CallerKind ActorKind { get; init; }

    public string Actor { get; init; } = "";

    public string OnBehalfOf { get; init; } = "";

    public Guid? PipelineId { get; init; }

    public Guid? StageId { get; init; }

    /// <summary>None where the deal was deleted.</summary>
    public V1.DealStatus Status { get; init; }

    public string Currency { get; init; } = "";

    public decimal Amount { get; init; }

    public int Probability { get; init; }

    public ForecastCategory ForecastCategory { get; init; }

    public DateOnly? CloseDate { get; init; }

    public Guid? OwnerId { get; init; }

    /// <summary>Whose the credit is, as <see cref="Team.Split.ToText"/> writes it.</summary>
    public string Credit { get; init; } = "";

    public Guid? TeamId { get; init; }

    public string Source { get; init; } = "";

    public string ReportingCurrency { get; init; } = "";

    /// <summary>By which the amount was reported in the company's currency then; null where none was known.</summary>
    public decimal? ReportingRate { get; init; }

    public Guid? FromPipelineId { get; init; }

    public Guid? FromStageId { get; init; }

    /// <summary>None where the deal was made.</summary>
    public V1.DealStatus FromStatus { get; init; }

    public string FromCurrency { get; init; } = "";

    public decimal FromAmount { get; init; }

    public int FromProbability { get; init; }

    public ForecastCategory FromForecastCategory { get; init; }

    public DateOnly? FromCloseDate { get; init; }

    public Guid? FromOwnerId { get; init; }

    public string FromCredit { get; init; } = "";

    public Guid? FromTeamId { get; init; }

    public string FromSource { get; init; } = "";

    public string FromReportingCurrency { get; init; } = "";

    public decimal? FromReportingRate { get; init; }

    public DealState From => new(FromPipelineId, FromStageId, FromStatus, FromCurrency, FromAmount, FromProbability, FromForecastCategory, FromCloseDate, FromOwnerId, FromCredit, FromTeamId, FromSource,
        FromReportingCurrency, FromReportingRate);

    public DealState To => new(PipelineId, StageId, Status, Currency, Amount, Probability, ForecastCategory, CloseDate, OwnerId, Credit, TeamId, Source, ReportingCurrency, ReportingRate);

    public static DealChange Create(Guid deal, int number, DealState from, DealState to, Caller caller, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CreateTime = now,
        UpdateTime = now,
        DealId = deal,
        Number = number,
        ActorKind = caller.Kind,
        Actor = caller.Subject,
        OnBehalfOf = caller.OnBehalfOf,
        PipelineId = to.PipelineId,
        StageId = to.StageId,
        Status = to.Status,
        Currency = to.Currency,
        Amount = to.Amount,
        Probability = to.Probability,
        ForecastCategory = to.ForecastCategory,
        CloseDate = to.CloseDate,
        OwnerId = to.OwnerId,
        Credit = to.Credit,
        TeamId = to.TeamId,
        Source = to.Source,
        ReportingCurrency = to.ReportingCurrency,
        ReportingRate = to.ReportingRate,
        FromPipelineId = from.PipelineId,
        FromStageId = from.StageId,
        FromStatus = from.Status,
        FromCurrency = from.Currency,
        FromAmount = from.Amount,
        FromProbability = from.Probability,
        FromForecastCategory = from.ForecastCategory,
        FromCloseDate = from.CloseDate,
        FromOwnerId = from.OwnerId,
        FromCredit = from.Credit,
        FromTeamId = from.TeamId,
        FromSource = from.Source,
        FromReportingCurrency = from.ReportingCurrency,
        FromReportingRate = from.ReportingRate,
    };
}

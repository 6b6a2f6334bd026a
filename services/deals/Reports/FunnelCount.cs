using Platform.Access.Fields;
using Platform.Deals.Deals;
using Platform.Monetary;
using Platform.Pipelines.V1;
using Platform.Tenancy;

namespace Platform.Deals.Reports;

/// <summary>Counts how deals went through a pipeline.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="currency">The company's; empty where it is not known.</param>
/// <param name="cut">By what there are lines.</param>
internal sealed class FunnelCount(Pipeline pipeline, string currency, ReportCut cut)
{
    private readonly Dictionary<ReportGroup, OwnerCount> _groups = [];
    private readonly Guid _pipeline = Guid.Parse(pipeline.Id);
    private readonly StageCount[] _stages = [.. pipeline.Stages.Select(stage => new StageCount(stage))];
    // The open stage before each one that is in use: archived ones are behind all others, wherever they once were.
    private readonly int[] _before = [.. pipeline.Stages.Select((stage, place) => stage.Archived ? -1 : pipeline.Stages.Take(place).ToList().FindLastIndex(IsPassed))];
    private readonly Dictionary<Guid, int> _places = pipeline.Stages.Select((stage, place) => (Id: Guid.Parse(stage.Id), place)).ToDictionary(pair => pair.Id, pair => pair.place);
    private readonly List<double> _cycles = [];
    private readonly Dictionary<V1.DealStatus, decimal> _amounts = new() { [V1.DealStatus.Open] = 0, [V1.DealStatus.Won] = 0, [V1.DealStatus.Lost] = 0 };
    private readonly V1.FunnelOutcome _outcome = new();
    private decimal _weighted;
    private int _unconverted;
    private long _slippedDays;

    /// <summary>Counts a deal.</summary>
    /// <param name="steps">What became of it, from the first step on until the moment of the report.</param>
    public void Add(IReadOnlyList<Step> steps)
    {
        var last = steps[^1];
        var amount = last.In(currency);
        _outcome.DealCount++;
        _unconverted += amount is null ? 1 : 0;
        var isWon = last.PipelineId == _pipeline && last.Status == V1.DealStatus.Won;
        CountStays(steps);
        CountReached(steps, isWon, amount ?? 0);
        CountSlips(steps);
        if (last.PipelineId != _pipeline)
        {
            _outcome.LeftCount++;
            return;
        }

        if (last.StageId is { } stage && _places.TryGetValue(stage, out var place))
            _stages[place].Current++;
        CountEnd(last, amount ?? 0);
        if (isWon)
            _cycles.Add((steps.First(step => step.Status == V1.DealStatus.Won).Time - steps.First(step => step.PipelineId == _pipeline).Since).TotalDays);
    }

    /// <summary>The stages, as much of each as the caller may know.</summary>
    public IEnumerable<V1.FunnelStage> Stages(Caller caller)
    {
        for (var place = 0; place < _stages.Length; place++)
        {
            var (stage, before) = (_stages[place], _before[place]);
            if (!stage.Stage.Archived || stage.Reached > 0 || stage.Current > 0)
                yield return stage.ToMessage(before < 0 ? null : _stages[before], caller.CanRead(Deal.Resource.Info, "reporting_amount") ? currency : "");
        }
    }

    /// <summary>What became of all of them, as much of it as the caller may know.</summary>
    public V1.FunnelOutcome Outcome(Caller caller)
    {
        var (outcome, closed) = (_outcome.Clone(), _outcome.WonCount + _outcome.LostCount);
        if (closed > 0)
            outcome.WinRate = (double)_outcome.WonCount / closed;
        if (_cycles.Count > 0)
            outcome.CycleDays = Durations.Median(_cycles);
        if (!caller.CanRead(Deal.Resource.Info, "close_date"))
            outcome.SlippedCount = 0;
        else if (_outcome.SlippedCount > 0)
            outcome.SlippedDays = (double)_slippedDays / _outcome.SlippedCount;
        if (!caller.CanRead(Deal.Resource.Info, "reporting_amount"))
            return outcome;
        outcome.UnconvertedCount = _unconverted;
        if (currency.Length == 0)
            return outcome;
        (outcome.OpenAmount, outcome.WonAmount, outcome.LostAmount) = (Money(V1.DealStatus.Open), Money(V1.DealStatus.Won), Money(V1.DealStatus.Lost));
        if (caller.CanRead(Deal.Resource.Info, "probability") && caller.CanRead(Deal.Resource.Info, "expected_revenue"))
            outcome.WeightedAmount = _weighted.ToMoney(currency);
        // Deals that are won as soon as they are made tell nothing of what a day brings.
        if (outcome is { HasCycleDays: true, HasWinRate: true })
            outcome.Velocity = Amounts.Round(_outcome.OpenCount * (decimal)outcome.WinRate * (_amounts[V1.DealStatus.Won] / _outcome.WonCount) / Math.Max(1, (decimal)outcome.CycleDays), currency).ToMoney(currency);
        return outcome;

        Common.V1.Money Money(V1.DealStatus status) => _amounts[status].ToMoney(currency);
    }

    /// <summary>What became of the deals of each person, team or source, as much of it as the caller may know.</summary>
    public IEnumerable<V1.FunnelOwner> Groups(Caller caller)
    {
        var seesAmounts = caller.CanRead(Deal.Resource.Info, "reporting_amount");
        var seesWeighted = caller.CanRead(Deal.Resource.Info, "probability") && caller.CanRead(Deal.Resource.Info, "expected_revenue");
        return _groups.OrderByDescending(group => seesAmounts ? group.Value.WonAmount : 0).ThenByDescending(group => group.Value.Won)
            .ThenBy(group => group.Key.OwnerId ?? group.Key.TeamId).ThenBy(group => group.Key.Source, StringComparer.Ordinal)
            .Select(group => group.Value.ToMessage(group.Key, seesAmounts ? currency : "", seesWeighted));
    }

    private void CountEnd(Step last, decimal amount)
    {
        _outcome.OpenCount += last.Status == V1.DealStatus.Open ? 1 : 0;
        _outcome.WonCount += last.Status == V1.DealStatus.Won ? 1 : 0;
        _outcome.LostCount += last.Status == V1.DealStatus.Lost ? 1 : 0;
        _amounts[last.Status] += amount;
        var weighted = last.Status == V1.DealStatus.Open ? last.ExpectedIn(currency) ?? 0 : 0;
        _weighted += weighted;
        CountGroups(last, amount, weighted);
    }

    private void CountGroups(Step last, decimal amount, decimal weighted)
    {
        var credits = Credits.Of(last.OwnerId, last.Credit, cut.BySplits);
        var (amounts, expected) = (credits.Parts(amount, currency), credits.Parts(weighted, currency));
        for (var at = 0; at < credits.Users.Count; at++)
        {
            var key = cut.GroupOf(credits.Users[at], last.TeamId, last.Source);
            if (!_groups.TryGetValue(key, out var group))
                _groups[key] = group = new OwnerCount();
            group.Add(last.Status, at < amounts.Count ? amounts[at] : 0, at < expected.Count ? expected[at] : 0);
        }
    }

    // Who was in a later stage has passed the ones before it, and who is won all that are open.
    private void CountReached(IReadOnlyList<Step> steps, bool isWon, decimal amount)
    {
        var visited = steps.Where(step => step.PipelineId == _pipeline && step.StageId is not null).Select(step => _places.GetValueOrDefault(step.StageId!.Value, -1)).Where(place => place >= 0).ToHashSet();
        var furthest = isWon ? _stages.Length : visited.Where(place => IsPassed(_stages[place].Stage)).DefaultIfEmpty(-1).Max();
        for (var place = 0; place < _stages.Length; place++)
        {
            if (HasReached(place))
                _stages[place].Reach(amount, _before[place] >= 0 && HasReached(_before[place]));
        }

        bool HasReached(int place) => visited.Contains(place) || (place <= furthest && IsPassed(_stages[place].Stage));
    }

    private static bool IsPassed(Stage stage) => stage is { Kind: StageKind.Open, Archived: false };

    private void CountStays(IReadOnlyList<Step> steps)
    {
        var since = steps[0].Time;
        for (var at = 0; at < steps.Count; at++)
        {
            var isSame = at > 0 && steps[at].StageId == steps[at - 1].StageId && steps[at].PipelineId == steps[at - 1].PipelineId;
            if (isSame)
                continue;
            if (at > 0 && steps[at - 1] is { StageId: { } left, Status: V1.DealStatus.Open } && steps[at - 1].PipelineId == _pipeline && _places.TryGetValue(left, out var place))
                _stages[place].Stays.Add((steps[at].Time - since).TotalDays);
            since = steps[at].Time;
        }
    }

    private void CountSlips(IReadOnlyList<Step> steps)
    {
        if (steps.Select(step => step.CloseDate).FirstOrDefault(day => day is not null) is not { } first || steps[^1].CloseDate is not { } last || last <= first)
            return;
        _outcome.SlippedCount++;
        _slippedDays += last.DayNumber - first.DayNumber;
    }
}

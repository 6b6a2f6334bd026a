using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

/// <summary>The pipeline that every company has from the first; what it is like, the company changes as it likes.</summary>
internal static class DefaultPipeline
{
    /// <summary>What deals go through where a company says nothing of it.</summary>
    public static IEnumerable<V1.Stage> OpenStages =>
    [
        new() { Name = "Qualification", Probability = 10 },
        new() { Name = "Needs analysis", Probability = 25 },
        new() { Name = "Proposal", Probability = 50, ForecastCategory = V1.ForecastCategory.BestCase },
        new() { Name = "Negotiation", Probability = 75, ForecastCategory = V1.ForecastCategory.Commit },
    ];

    public static Task<bool> HasDefaultAsync(this PipelinesDbContext db, CancellationToken cancellationToken) => db.Pipelines.AnyAsync(row => row.IsDefault, cancellationToken);

    /// <summary>Adds it to a company that has none yet; its event may have come to nobody, as when the company is older than this service.</summary>
    public static async Task EnsureDefaultAsync(this PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // Who belongs to no company has none to be given one.
        if (db.Caller.TenantId is null || await db.HasDefaultAsync(cancellationToken))
            return;
        var added = await db.InTransactionAsync(() => db.AddDefaultAsync(time, cancellationToken), cancellationToken);
        // Whoever was faster has written the same.
        if (added.IsError)
            db.ChangeTracker.Clear();
    }

    /// <summary>Adds and saves it, in the open transaction.</summary>
    public static Task<Result<V1.Pipeline>> AddDefaultAsync(this PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var message = new V1.Pipeline { Name = "Sales" };
        foreach (var reason in new[] { "Price", "Competitor", "No budget", "No decision", "Other" })
            message.LossReasons.Add(new V1.LossReason { Name = reason });
        var pipeline = Pipeline.Create(StageList.Complete(StageList.Found(message), known: []), now).Value!;
        pipeline.Promote(now);
        db.Pipelines.Add(pipeline);
        return db.SaveAsync(pipeline, cancellationToken);
    }
}

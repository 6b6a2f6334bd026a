using System.Net;
using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Automation.Processes;

/// <summary>Which step of which process.</summary>
internal sealed record StepContext(Guid TenantId, string ProcessType, string SubjectType, Guid SubjectId, string Step, bool Compensation = false)
{
    /// <summary>Id of the person who caused the process; empty where nobody is known.</summary>
    public string CausedBy { get; init; } = "";
}

/// <summary>What a step made: ids only, the workflow's history keeps it.</summary>
internal sealed record StepOutcome(bool Succeeded, string ResultType, string ResultId, string Error)
{
    /// <summary>True where the step goes on after its activity: another one settles it.</summary>
    public bool Open { get; init; }

    public static StepOutcome Made(string type, string id) => new(true, type, id, "");

    public static StepOutcome Begun(string type, string id) => new(true, type, id, "") { Open = true };

    public static StepOutcome Refused(string error) => new(false, "", "", error);
}

/// <summary>
/// Runs a step for the platform itself in the tenant of its process, and keeps its row: an answer that will not change with a
/// repetition is an outcome; everything else is thrown, and the workflow tries again.
/// </summary>
internal sealed class StepRunner(IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task<StepOutcome> RunAsync(StepContext step, Func<IServiceProvider, Task<StepOutcome>> work)
    {
        await RecordAsync(step, row => row.Begin(time.GetUtcNow()));
        try
        {
            var outcome = await InScopeAsync(step.TenantId, step.Step, work, step.CausedBy);
            await SettleAsync(step, outcome);
            return outcome;
        }
        catch (RpcException exception) when (IsFinal(exception))
        {
            var outcome = StepOutcome.Refused(Describe(exception));
            await SettleAsync(step, outcome);
            return outcome;
        }
        catch (HttpRequestException exception) when (exception.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict)
        {
            var outcome = StepOutcome.Refused($"REFUSED: {exception.Message}");
            await SettleAsync(step, outcome);
            return outcome;
        }
        catch (Exception exception)
        {
            var reason = exception is RpcException rpc ? Describe(rpc) : exception.Message;
            await RecordAsync(step, row => row.Fail(reason, time.GetUtcNow()));
            throw new StepInterruptedException($"{step.Step}: {reason}", exception);
        }
    }

    /// <summary>Writes what became of a step.</summary>
    public Task SettleAsync(StepContext step, StepOutcome outcome) => RecordAsync(step, row => Settle(row, outcome));

    public async Task<T> InScopeAsync<T>(Guid tenant, string name, Func<IServiceProvider, Task<T>> work, string causedBy = "")
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, $"process:{name}", causedBy);
        return await work(scope.ServiceProvider);
    }

    /// <summary>What a repetition does not change: the service itself refuses the request. Whatever stands between may only be away.</summary>
    internal static bool IsFinal(RpcException exception) =>
        exception.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.NotFound or StatusCode.AlreadyExists or StatusCode.OutOfRange
        && exception.GetRpcStatus()?.GetDetail<ErrorInfo>() is { Domain: Error.Domain };

    private void Settle(ProcessStep row, StepOutcome outcome)
    {
        if (outcome.Open)
            row.Make(outcome.ResultType, outcome.ResultId, time.GetUtcNow());
        else if (outcome.Succeeded)
            row.Complete(outcome.ResultType, outcome.ResultId, time.GetUtcNow());
        else
            row.Fail(outcome.Error, time.GetUtcNow());
    }

    private Task<int> RecordAsync(StepContext step, Action<ProcessStep> change) => InScopeAsync(step.TenantId, step.Step, async services =>
    {
        var db = services.GetRequiredService<AutomationDbContext>();
        var process = await ProcessRows.FindOrStartAsync(db, step.ProcessType, step.SubjectType, step.SubjectId, time.GetUtcNow());
        var row = await db.Steps.SingleOrDefaultAsync(found => found.ProcessId == process.Id && found.Name == step.Step);
        if (row is null)
            db.Steps.Add(row = ProcessStep.Create(process.Id, step.Step, step.Compensation, time.GetUtcNow()));
        change(row);
        return await db.SaveChangesAsync();
    }, step.CausedBy);

    private static string Describe(RpcException exception) => $"{exception.ToProblem().Extensions["code"]}: {exception.Status.Detail}";
}

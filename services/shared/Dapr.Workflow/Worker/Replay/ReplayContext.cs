using Dapr.Common.Serialization;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Platform.DurableTask;
using Type = System.Type;

namespace Dapr.Workflow.Worker.Replay;

/// <summary>The context of one turn: asking for something writes an action, answers come from history.</summary>
internal sealed partial class ReplayContext(
    string name, WorkflowRequest request, string appId, IDaprSerializer serializer, ILoggerFactory loggers) : WorkflowContext
{
    private static readonly Timestamp Never = new() { Seconds = 253402300799, Nanos = 999999999 };

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Guid _namespace = DeterministicGuid.NamespaceOf(request.ExecutionId ?? request.InstanceId);
    private DateTime _now;
    private bool _replaying;
    private bool _ended;
    private int _guids;

    public ActionLedger Actions { get; } = new();

    public EventMailbox Events { get; } = new();

    public PatchLedger Patches { get; } = new();

    /// <summary>Null as long as the code has not set one.</summary>
    public string? CustomStatus { get; private set; }

    /// <summary>The completion that starts the instance over, where the code asked for it.</summary>
    public CompleteWorkflowAction? StartOver { get; private set; }

    public bool PreserveEvents { get; private set; }

    public override string Name => name;

    public override string InstanceId => request.InstanceId;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _replaying;

    public void MoveTo(DateTime now) => _now = now;

    public void SetReplaying(bool replaying) => _replaying = replaying;

    /// <summary>After this the context refuses everything: code that still runs has left the workflow's thread.</summary>
    public void End() => _ended = true;

    public override bool IsPatched(string patchName)
    {
        Guard();
        return Patches.IsPatched(patchName, _replaying);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        Guard();
        CustomStatus = Serialize(customStatus);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        Guard();
        var target = new WorkflowInstance { InstanceId = instanceId };
        Actions.Add(new WorkflowAction { SendEvent = new SendEventAction { Instance = target, Name = eventName, Data = Serialize(payload) } });
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        Guard();
        StartOver ??= new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.ContinuedAsNew, Result = Serialize(newInput) };
        PreserveEvents = preserveUnprocessedEvents;
    }

    public override Guid NewGuid()
    {
        Guard();
        return DeterministicGuid.Create(_namespace, $"{InstanceId}_{_guids++}");
    }

    public override PropagatedHistory? GetPropagatedHistory() => PropagatedHistoryReader.Read(request.PropagatedHistory);

    public override ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(loggers.CreateLogger(categoryName), this);

    public override ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(loggers.CreateLogger(type), this);

    public override ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(loggers.CreateLogger<T>(), this);

    private void Guard()
    {
        if (_ended || Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException(
                "The workflow left its thread: workflow code awaits only tasks made by its WorkflowContext, and no Task.Run, Task.Delay or I/O.");
        }
    }

    private string Serialize(object? value) => value is null ? "" : serializer.Serialize(value, value.GetType());

    private T? Deserialize<T>(string? data) => string.IsNullOrEmpty(data) ? default : serializer.Deserialize<T>(data);
}

using System.Data.Common;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.State;
using Platform.Sidecar.Workflow.Core;
using Platform.Sidecar.Workflow.Dispatch;
using Platform.Sidecar.Workflow.Storage;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>One app's instances in memory, its rows, its workers. Guarded by the engine's lock but for the reading of rows.</summary>
internal sealed class AppWorkflows
{
    /// <summary>Open instances that merely wait stay in memory up to this number; beyond it they are read again when something happens.</summary>
    private const int MostInMemory = 1000;

    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _loading = new(StringComparer.Ordinal);

    public AppWorkflows(SidecarApp app, IStateStore store)
    {
        App = app;
        Store = store;
        Keys = new InstanceKeys(app.Id, app.Options.Namespace.Length > 0 ? app.Options.Namespace : "default");
        Reader = new InstanceReader(store, Keys, app.Id);
    }

    public SidecarApp App { get; }
    public IStateStore Store { get; }
    public InstanceKeys Keys { get; }
    public InstanceReader Reader { get; }
    public WorkQueue Queue { get; } = new();

    public IEnumerable<Instance> InMemory => _instances.Values;

    public Instance? Find(string id) => _instances.GetValueOrDefault(id);

    public Instance Add(InstanceState state)
    {
        var instance = new Instance(this, state);
        _instances.Add(state.InstanceId, instance);
        return instance;
    }

    public void Evict(Instance instance)
    {
        if (instance.IsIdle && (!instance.IsOpen || _instances.Count > MostInMemory))
            _instances.Remove(instance.State.InstanceId);
    }

    /// <summary>Reads an instance into memory; those who ask at the same time share one reading.</summary>
    public Task Load(string id, Lock gate)
    {
        lock (gate)
        {
            if (_instances.ContainsKey(id))
                return Task.CompletedTask;
            if (!_loading.TryGetValue(id, out var loading))
                _loading.Add(id, loading = Task.Run(() => Read(id, gate)));
            return loading;
        }
    }

    private async Task Read(string id, Lock gate)
    {
        try
        {
            var state = (await Reader.Read([id], CancellationToken.None))[0];
            lock (gate)
                Add(state);
        }
        catch (DbException away)
        {
            throw WorkflowErrors.StoreAway(away);
        }
        finally
        {
            lock (gate)
                _loading.Remove(id);
        }
    }
}

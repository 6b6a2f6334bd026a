using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Events;

namespace Platform.CustomFields.Computing;

/// <summary>Events that were published before the records in them were computed: they tell what is saved.</summary>
internal sealed class UnfinishedEvents
{
    private readonly List<(OutboxMessage Event, IMessage Message)> _events = [];

    /// <summary>Takes an event whose records may have computed values.</summary>
    public void Add(OutboxMessage happened, IMessage message, TenantFields? fields)
    {
        var resources = ResourcePaths.Of(message.Descriptor).Resources.Where(resource => resource.HasCustomFields);
        if (resources.Any(resource => fields is null || (resource.IsGeneric ? fields.All.Any(known => known.HasComputed) : fields.Of(resource.Name).HasComputed)))
            _events.Add((happened, message));
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _events.Clear();

    /// <summary>Puts the custom fields of the tracked records into the events.</summary>
    public void Finish(PlatformDbContext db, TenantFields? fields)
    {
        if (_events.Count == 0 || fields is null)
        {
            _events.Clear();
            return;
        }

        var rows = db.ChangeTracker.Entries<ProtectedEntity>().ToDictionary(entry => (entry.Entity.AccessResource().Info.Name, entry.Entity.Id.ToString()), entry => entry.Entity);
        foreach (var (happened, message) in _events)
        {
            ResourcePaths.Of(message.Descriptor).Visit(message, (record, resource) =>
            {
                if (record.Descriptor.FindFieldByName(ResourceInfo.CustomFields) is { } field && record.Descriptor.FindFieldByName("id")?.Accessor.GetValue(record) is string id
                    && rows.TryGetValue((resource.Name, id), out var row) && ComputedValues.Of(row) is { } values)
                    field.Accessor.SetValue(record, fields.Of(resource.Name).Published(values));
            });
            happened.Tell(message);
        }

        _events.Clear();
    }
}

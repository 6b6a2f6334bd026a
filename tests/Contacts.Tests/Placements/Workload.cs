using System.Collections.Concurrent;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Placements;

/// <summary>Many people who create, change and delete at once, and what was answered to them.</summary>
internal sealed class Workload : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Written> _written = new();
    private readonly Guid _tenant;
    private readonly MovableContacts _contacts;
    private readonly List<Task> _writers;
    private int _calls;

    public Workload(MovableContacts contacts, Guid tenant, int writers)
    {
        (_contacts, _tenant) = (contacts, tenant);
        _writers = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync))];
    }

    /// <summary>Answered calls.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>What a writer failed with.</summary>
    public Exception? Fault => _writers.Select(writer => writer.Exception).FirstOrDefault(exception => exception is not null);

    public Task MoreCallsAsync(int calls)
    {
        var goal = Calls + calls;
        return Eventually.HoldsAsync(() => _writers.Exists(writer => writer.IsFaulted) || Calls >= goal, TimeSpan.FromSeconds(60));
    }

    /// <summary>Stops the writers; a call that failed fails here.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_writers);
    }

    /// <summary>Every acknowledged row is there as it was answered, and no other.</summary>
    public async Task NothingIsLostAsync()
    {
        var living = _written.Values.Where(written => !written.Deleted).ToDictionary(written => written.Id);
        var people = _contacts.People(_tenant);
        var token = "";
        var found = new Dictionary<string, Person>();
        do
        {
            var page = await people.ListPeopleAsync(new ListPeopleRequest { PageSize = 100, PageToken = token });
            foreach (var person in page.People)
                Assert.True(found.TryAdd(person.Id, person));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(living.Keys.Order(), found.Keys.Order());
        Assert.All(living.Values, written => Assert.Equal($"{written.Updates}", found[written.Id].JobTitle));
    }

    /// <summary>Every event came once, those of one person in the order in which they happened.</summary>
    public async Task EveryEventCameInOrderAsync()
    {
        await Eventually.HoldsAsync(() => EventsOf(_contacts.Sidecar, _tenant).Count() >= _written.Values.Sum(written => written.Events.Count), TimeSpan.FromSeconds(60));
        var events = EventsOf(_contacts.Sidecar, _tenant).ToList();
        Assert.Equal(events.Count, events.Select(taken => taken.Id).Distinct().Count());
        var told = events.GroupBy(taken => taken.Person).ToDictionary(group => group.Key, group => group.Select(taken => taken.What).ToList());
        Assert.Equal(_written.Keys.Order(), told.Keys.Order());
        Assert.All(_written.Values, written => Assert.Equal(written.Events, told[written.Id]));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_writers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static IEnumerable<(string Id, string Person, string What)> EventsOf(FakeSidecar sidecar, Guid tenant) =>
        from entry in sidecar.Taken
        let envelope = JsonDocument.Parse(entry.Event.ToByteArray()).RootElement
        where envelope.GetProperty("tenantid").GetGuid() == tenant
        let type = envelope.GetProperty("type").GetString()!.Split('.')[^1]
        where type.StartsWith("Person", StringComparison.Ordinal)
        select (envelope.GetProperty("id").GetString()!, envelope.GetProperty("subject").GetString()!,
            type == "PersonUpdated" ? $"{type} {envelope.GetProperty("data").GetProperty("person").GetProperty("jobTitle").GetString()}" : type);

    private async Task WriteAsync()
    {
        var people = _contacts.People(_tenant);
        for (var round = 0; !_stop.IsCancellationRequested; round++)
        {
            var somebody = new Person { LastName = "Writer", JobTitle = "0", Email = $"{Guid.CreateVersion7():N}@example.com" };
            var person = await AgainWhileStaleAsync(() => people.CreatePersonAsync(new CreatePersonRequest { Person = somebody }).ResponseAsync);
            var written = _written[person.Id] = new Written(person.Id);
            written.Events.Add("PersonCreated");
            for (var update = 1; update <= 3; update++)
                await UpdateAsync(people, written, update);
            if (round % 3 == 0)
                await DeleteAsync(people, written);
        }
    }

    private async Task UpdateAsync(PeopleService.PeopleServiceClient people, Written written, int update)
    {
        await AgainWhileStaleAsync(() => people.UpdatePersonAsync(new UpdatePersonRequest
        {
            Person = new Person { Id = written.Id, JobTitle = $"{update}" },
            UpdateMask = new FieldMask { Paths = { "job_title" } },
        }).ResponseAsync);
        written.Updates = update;
        written.Events.Add($"PersonUpdated {update}");
    }

    private async Task DeleteAsync(PeopleService.PeopleServiceClient people, Written written)
    {
        await AgainWhileStaleAsync(() => people.DeletePersonAsync(new DeletePersonRequest { Id = written.Id }).ResponseAsync);
        written.Deleted = true;
        written.Events.Add("PersonDeleted");
    }

    // A row that was moved between a call's read and its write has another version: the call is refused as stale and made anew.
    private async Task<T> AgainWhileStaleAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                var answer = await call();
                Interlocked.Increment(ref _calls);
                return answer;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Aborted)
            {
                continue;
            }
        }
    }

    private sealed record Written(string Id)
    {
        public int Updates { get; set; }

        public bool Deleted { get; set; }

        public List<string> Events { get; } = [];
    }
}

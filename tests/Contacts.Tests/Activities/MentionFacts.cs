using System.Text.Json;
using Grpc.Core;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Activities;

/// <summary>What others are told of entries that speak to people, and of records that somebody else looks after.</summary>
public sealed class MentionFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task An_entry_keeps_whom_it_speaks_to_and_a_change_tells_who_is_new()
    {
        var ann = new Member(contacts, _tenant);
        var (bob, eve) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var note = await ann.WriteAsync(new Activity { PersonId = (await ann.PersonAsync()).Id, Kind = ActivityKind.Note, Subject = "@Bob, please call", MentionedUserIds = { $"{bob}", $"{bob}" } });
        Assert.Equal([$"{bob}"], note.MentionedUserIds);
        note.MentionedUserIds.Add($"{eve}");
        Assert.Equal([$"{bob}", $"{eve}"], (await ann.ChangeAsync(note, "mentioned_user_ids")).MentionedUserIds);
        await ann.ChangeAsync(new Activity { Id = note.Id, Subject = "@Bob and @Eve" }, "subject");
        Assert.Equal([[$"{eve}"], []], (await EventsAsync("ActivityUpdated", note.Id)).Select(told => told.TryGetProperty("mentionedUserIds", out var ids) ? ids.EnumerateArray().Select(id => id.GetString()).ToArray() : []));
        var many = new Activity { PersonId = note.PersonId, Kind = ActivityKind.Note, Subject = "All", MentionedUserIds = { Enumerable.Range(0, 51).Select(_ => $"{Guid.CreateVersion7()}") } };
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", ann.Activities.CreateActivityAsync(new CreateActivityRequest { Activity = many }, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_owner_is_told_of_once_and_the_same_one_not_at_all()
    {
        var ann = new Member(contacts, _tenant);
        var (person, bob) = (await ann.PersonAsync("Handed"), Guid.CreateVersion7());
        foreach (var (owner, name) in new[] { (ann.Id, "Handed"), (bob, "Handed"), (bob, "Renamed") })
            person = await ann.People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, LastName = name, OwnerId = $"{owner}" } }, cancellationToken: TestContext.Current.CancellationToken);
        var told = Assert.Single(await EventsAsync("OwnerChanged", person.Id));
        Assert.Equal(("contacts.person", "Handed", $"{ann.Id}", $"{bob}"), (Text(told, "resource"), Text(told, "name"), Text(told, "fromOwnerId"), Text(told, "ownerId")));
    }

    private static string? Text(JsonElement told, string name) => told.GetProperty(name).GetString();

    private async Task<IReadOnlyList<JsonElement>> EventsAsync(string type, string id) => JsonSerializer.Deserialize<List<JsonElement>>(await contacts.Database.QueryAsync<string>(
        $"SELECT coalesce(json_agg(data::json ORDER BY id), '[]')::text FROM outbox_messages WHERE aggregate_id = '{id}' AND type = 'platform.contacts.v1.{type}'"))!;
}

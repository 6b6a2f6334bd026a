using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Benchmarks;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.CustomFields;

/// <summary>What fifty custom fields cost a write, beside the same write of a company that has none, call by call.</summary>
[Trait("category", "long")]
public sealed class WriteCostFacts(ContactsFixture contacts, ITestOutputHelper output) : IClassFixture<ContactsFixture>
{
    private const int Fields = 50;
    private const int Warm = 100;
    private const int Calls = 1_000;
    private const double Most = 1.15;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_fields_cost_a_write_little()
    {
        var (plain, full) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        contacts.Fields.Set(plain);
        contacts.Fields.Set(full, [.. Enumerable.Range(0, Fields).Select(Of)]);
        var (ofPlain, ofFull) = (contacts.People(plain), contacts.People(full));
        var (creates, fullCreates, updates, fullUpdates) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var call = -Warm; call < Calls; call++)
        {
            var id = await TimedAsync(creates, call, () => CreateAsync(ofPlain, null));
            var other = await TimedAsync(fullCreates, call, () => CreateAsync(ofFull, Values(call)));
            await TimedAsync(updates, call, () => UpdateAsync(ofPlain, id, null));
            await TimedAsync(fullUpdates, call, () => UpdateAsync(ofFull, other, Values(call + 1)));
        }

        foreach (var (name, with, without) in new[] { ("create", fullCreates, creates), ("update", fullUpdates, updates) })
        {
            var (ours, theirs) = (Quantiles.Of([.. with.Order()], .5), Quantiles.Of([.. without.Order()], .5));
            output.WriteLine($"{name}: {theirs:0.00} ms without, {ours:0.00} ms with {Fields} fields: {ours / theirs:0.00} times");
            Assert.True(ours < theirs * Most, $"{name}: {ours:0.00} ms instead of {theirs:0.00} ms.");
        }
    }

    private static async Task<T> TimedAsync<T>(List<double> times, int call, Func<Task<T>> work)
    {
        var start = Stopwatch.GetTimestamp();
        var outcome = await work();
        if (call >= 0)
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return outcome;
    }

    private static async Task<string> CreateAsync(PeopleService.PeopleServiceClient people, Struct? values) =>
        (await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Somebody", Email = $"{Guid.NewGuid():N}@initech.example", CustomFields = values } }, cancellationToken: Token)).Id;

    private static async Task<string> UpdateAsync(PeopleService.PeopleServiceClient people, string id, Struct? values) =>
        (await people.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = id, JobTitle = "Engineer", CustomFields = values } }, cancellationToken: Token)).Id;

    // Ten of each of five types.
    private static Field Of(int number)
    {
        var field = new Field { Resource = "contacts.person", Key = $"field_{number}", Label = $"Field {number}", Type = (number % 5) switch { 0 => FieldType.Text, 1 => FieldType.Number, 2 => FieldType.Date, 3 => FieldType.SingleChoice, _ => FieldType.Boolean } };
        if (field.Type == FieldType.SingleChoice)
            field.Choices.Add(Enumerable.Range(0, 10).Select(choice => new Choice { Key = $"choice_{choice}", Label = $"Choice {choice}" }));
        if (field.Type == FieldType.Text)
            field.MaximumLength = 100;
        return field;
    }

    private static Struct Values(int call)
    {
        var values = new Struct();
        for (var number = 0; number < Fields; number++)
            values.Fields[$"field_{number}"] = (number % 5) switch
            {
                0 => Value.ForString($"A few words {call}"),
                1 => Value.ForNumber(call + number),
                2 => Value.ForString(new DateOnly(2026, 1, 1).AddDays((call + number + Warm) % 365).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                3 => Value.ForString($"choice_{(call + number + Warm) % 10}"),
                _ => Value.ForBool((call + number) % 2 == 0),
            };
        return values;
    }
}

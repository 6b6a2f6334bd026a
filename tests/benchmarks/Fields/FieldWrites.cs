using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.LocalPostgres;
using Spectre.Console;
using Field = Platform.CustomFields.V1.Field;

namespace Platform.Benchmarks.Fields;

/// <summary>What values in fifty custom fields, each validated, add to the time of making a person through the service's door; call by call beside one without, in one run.</summary>
internal static class FieldWrites
{
    private const int Many = 50;
    private const int Warm = 100;
    private const int Calls = 1_000;
    private const double Goal = .15;

    private static readonly string[] Choices = ["north", "south"];

    // Of each type that a form has, with the rules that it has there.
    private static readonly (FieldType Type, Func<int, Value> Value)[] Kinds =
    [
        (FieldType.Text, call => Value.ForString($"Words {call}")), (FieldType.Number, call => Value.ForNumber(call % 1000)), (FieldType.Decimal, call => Value.ForString($"{call % 1000}.25")),
        (FieldType.Date, _ => Value.ForString("2026-05-31")), (FieldType.Instant, _ => Value.ForString("2026-05-31T16:00:00Z")), (FieldType.Boolean, _ => Value.ForBool(true)),
        (FieldType.SingleChoice, call => Value.ForString(Choices[call % 2])), (FieldType.MultipleChoice, _ => Value.ForList([.. Choices.Select(Value.ForString)])),
        (FieldType.Email, call => Value.ForString($"p{call}@company.example")), (FieldType.Phone, _ => Value.ForString("+49 30 1234567")),
    ];

    public static async Task<int> RunAsync(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable(TestPostgres.Variable, postgres);
        await using var service = new MeasuredContacts();
        await service.InitializeAsync();
        var (with, without) = (Of(service, Definitions()), Of(service, []));
        var (many, none) = (new List<double>(), new List<double>());
        for (var call = -Warm; call < Calls; call++)
        {
            await TimeAsync(call < 0 ? [] : many, with, call + Warm, Values(call + Warm), cancellationToken);
            await TimeAsync(call < 0 ? [] : none, without, call + Warm, null, cancellationToken);
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("make a person", $"with {Many} values, ms", "without, ms", "added", "goal");
        foreach (var (name, part) in new[] { ("median", .5), ("95th percentile", .95) })
        {
            var (ours, theirs) = (Quantiles.Of([.. many.Order()], part), Quantiles.Of([.. none.Order()], part));
            table.AddRow(name, $"{ours:0.00}", $"{theirs:0.00}", $"{(ours / theirs) - 1:P0}", $"{Goal:P0}");
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static PeopleService.PeopleServiceClient Of(MeasuredContacts service, Field[] fields)
    {
        var tenant = Guid.CreateVersion7();
        service.Fields.Set(tenant, fields);
        return new(service.GrpcFor(tenant, "contacts.read", "contacts.write"));
    }

    private static Field[] Definitions() => [.. Enumerable.Range(0, Many).Select(number =>
    {
        var field = new Field { Resource = "contacts.person", Key = $"field_{number}", Type = Kinds[number % Kinds.Length].Type, Label = $"Field {number}" };
        if (field.Type == FieldType.Text)
            (field.MinimumLength, field.MaximumLength, field.Pattern) = (3, 100, "[A-Z][a-z]+ [0-9]+");
        if (field.Type is FieldType.Number or FieldType.Decimal)
            (field.Minimum, field.Maximum) = ("0", "1000");
        if (field.Type is FieldType.SingleChoice or FieldType.MultipleChoice)
            field.Choices.Add(Choices.Select(choice => new Choice { Key = choice, Label = choice }));
        return field;
    })];

    private static Struct Values(int call)
    {
        var values = new Struct();
        for (var number = 0; number < Many; number++)
            values.Fields[$"field_{number}"] = Kinds[number % Kinds.Length].Value(call);
        return values;
    }

    private static async Task TimeAsync(List<double> times, PeopleService.PeopleServiceClient client, int call, Struct? values, CancellationToken cancellationToken)
    {
        var person = new Person { FirstName = "Bench", LastName = $"Mark {call}", CustomFields = values };
        var from = Stopwatch.GetTimestamp();
        await client.CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: cancellationToken);
        times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
    }
}

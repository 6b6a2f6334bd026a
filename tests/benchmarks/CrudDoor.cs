using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Platform.Demo;
using Spectre.Console;

namespace Platform.Benchmarks;

internal sealed record CrudDoorSettings(Uri Gateway, Uri Identity, string Postgres, TimeSpan Length, int Turns, FileInfo? Json);

internal sealed record Figure(string Operation, int Connections, double Ours, double Bare, double Ratio, double Spread, double OursP50, double OursP95, double BareP95, int Failures);

/// <summary>Ours and the yardstick in turns, in one run, on one PostgreSQL.</summary>
internal static class CrudDoor
{
    private const string Database = "platform_benchmark_bare";
    private static readonly int[] Connections = [1, 8, 32];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> RunAsync(CrudDoorSettings settings, CancellationToken cancellationToken)
    {
        var connection = await PrepareAsync(settings.Postgres, cancellationToken);
        using var bare = Process.Start(new ProcessStartInfo("dotnet", [typeof(CrudDoor).Assembly.Location, "bare", connection]) { RedirectStandardOutput = true })!;
        try
        {
            var address = new Uri((await bare.StandardOutput.ReadLineAsync(cancellationToken))!);
            var figures = await MeasureAsync(settings, address, cancellationToken);
            Print(figures);
            if (settings.Json is { } file)
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(figures, Indented), cancellationToken);
            return figures.Exists(figure => figure.Failures > 0) ? 1 : 0;
        }
        finally
        {
            bare.Kill();
        }
    }

    private static async Task<string> PrepareAsync(string postgres, CancellationToken cancellationToken)
    {
        await using (var server = NpgsqlDataSource.Create(postgres))
        {
            await server.CreateCommand($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)").ExecuteNonQueryAsync(cancellationToken);
            await server.CreateCommand($"CREATE DATABASE {Database}").ExecuteNonQueryAsync(cancellationToken);
        }

        var connection = new NpgsqlConnectionStringBuilder(postgres) { Database = Database, MaxPoolSize = 24 }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(connection);
        await source.CreateCommand(BareEndpoint.Schema).ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private static async Task<List<Figure>> MeasureAsync(CrudDoorSettings settings, Uri bare, CancellationToken cancellationToken)
    {
        var token = await SignIn.GetTokenAsync(settings.Identity, "sam@acme.example", "demo", cancellationToken);
        var figures = new List<Figure>();
        foreach (var (operation, method, path) in new[] { ("create", HttpMethod.Post, "/api/v1/contacts/people"), ("list 50", HttpMethod.Get, "/api/v1/contacts/people?pageSize=50") })
        {
            using var ours = new LoadGenerator(new Uri(settings.Gateway, path), () => token);
            using var yardstick = new LoadGenerator(new Uri(bare, "/people"), () => null);
            foreach (var connections in Connections)
            {
                token = await SignIn.GetTokenAsync(settings.Identity, "sam@acme.example", "demo", cancellationToken);
                await ours.RunAsync(method, connections, TimeSpan.FromSeconds(1));
                await yardstick.RunAsync(method, connections, TimeSpan.FromSeconds(1));
                figures.Add(await CompareAsync(operation, method, connections, ours, yardstick, settings));
            }
        }

        return figures;
    }

    private static async Task<Figure> CompareAsync(string operation, HttpMethod method, int connections, LoadGenerator ours, LoadGenerator bare, CrudDoorSettings settings)
    {
        var pairs = new List<(Turn Ours, Turn Bare)>();
        for (var turn = 0; turn < settings.Turns; turn++)
            pairs.Add((await ours.RunAsync(method, connections, settings.Length), await bare.RunAsync(method, connections, settings.Length)));
        var ratios = pairs.Select(pair => pair.Ours.PerSecond / pair.Bare.PerSecond).Order().ToList();
        return new Figure(
            operation, connections,
            Median(pairs.Select(pair => pair.Ours.PerSecond)), Median(pairs.Select(pair => pair.Bare.PerSecond)), Median(ratios), ratios[^1] - ratios[0],
            Median(pairs.Select(pair => pair.Ours.P50)), Median(pairs.Select(pair => pair.Ours.P95)), Median(pairs.Select(pair => pair.Bare.P95)),
            pairs.Sum(pair => pair.Ours.Failures + pair.Bare.Failures));
    }

    private static void Print(List<Figure> figures)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("operation", "connections", "ours/s", "bare/s", "ratio", "spread", "ours p50 ms", "ours p95 ms", "bare p95 ms", "failed");
        foreach (var figure in figures)
            table.AddRow(figure.Operation, $"{figure.Connections}", $"{figure.Ours:0}", $"{figure.Bare:0}", $"{figure.Ratio:0.000}", $"{figure.Spread:0.000}", $"{figure.OursP50:0.00}", $"{figure.OursP95:0.00}", $"{figure.BareP95:0.00}", $"{figure.Failures}");
        AnsiConsole.Write(table);
    }

    private static double Median(IEnumerable<double> values) => Quantiles.Of([.. values.Order()], .5);
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Platform.Benchmarks.Fields;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.LocalPostgres;
using Platform.Search.V1;
using Platform.Testing;
using Spectre.Console;

namespace Platform.Benchmarks.Crm;

/// <summary>
/// What people do all day in a company of a size, with other companies beside it: lists, searches, timelines, the board of a pipeline, the overview of a
/// customer, a report. Each through its service's door and as SQL for the same rows, by the owner of the tables without row-level security, turn by turn.
/// </summary>
internal static class CrmCost
{
    // By then the code is compiled as it stays, and connections have their statements prepared.
    private const int Warm = 60;
    private const int Least = 10;

    private static readonly TimeSpan WarmFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MeasureFor = TimeSpan.FromSeconds(30);

    private static readonly double[] Parts = [.95, .5];
    private static readonly string[] Rights = ["contacts.read", "deals.read"];

    public static async Task<int> RunAsync(string postgres, CrmSize size, int companies, int calls, CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable(TestPostgres.Variable, postgres);
        await using var contacts = new MeasuredContacts();
        await using var deals = new MeasuredDeals();
        await contacts.InitializeAsync();
        await deals.InitializeAsync();
        await using var ofContacts = SourceOf(contacts.Database);
        await using var ofDeals = SourceOf(deals.Database);
        var started = Stopwatch.GetTimestamp();
        var tenant = Guid.CreateVersion7();
        Guid[] small = [.. Enumerable.Range(0, companies).Select(_ => Guid.CreateVersion7())];
        foreach (var (company, has) in small.Select(company => (company, CrmSize.Small)).Append((tenant, size)))
        {
            await CrmRows.FillContactsAsync(ofContacts, company, has, cancellationToken);
            await CrmRows.FillDealsAsync(ofDeals, company, has, cancellationToken);
        }

        await CrmRows.SettleAsync(ofContacts, cancellationToken);
        await CrmRows.SettleAsync(ofDeals, cancellationToken);
        AnsiConsole.WriteLine($"{size.Contacts:N0} contacts, {size.Deals:N0} deals, {size.Activities:N0} activities, {companies} companies beside them; loaded in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        await using var overview = new MeasuredOverview(contacts.GrpcFor(tenant, Rights), deals.GrpcFor(tenant, Rights));
        await overview.InitializeAsync();
        var table = new Table().Border(TableBorder.Rounded).AddColumns("one call", "door, p95 ms", "SQL, p95 ms", "times", "door, median ms", "SQL, median ms", "times", "door's processor time, ms", "allocated, KB");
        foreach (var known in Cases(size, tenant, contacts, ofContacts, deals, ofDeals, overview))
            Tell(table, known.Name, await MeasureAsync(known, tenant, calls, cancellationToken));
        if (small.Length > 0)
            Tell(table, "small company: newest people", await MeasureAsync(Newest("", contacts, small[0], ofContacts), small[0], calls, cancellationToken));
        AnsiConsole.Write(table);
        return 0;
    }

    private static IEnumerable<CrmCase> Cases(
        CrmSize size, Guid tenant, MeasuredContacts contacts, NpgsqlDataSource ofContacts, MeasuredDeals deals, NpgsqlDataSource ofDeals, MeasuredOverview overview)
    {
        var people = new PeopleService.PeopleServiceClient(contacts.GrpcFor(tenant, Rights));
        var activities = new ActivitiesService.ActivitiesServiceClient(contacts.GrpcFor(tenant, Rights));
        var board = new DealsService.DealsServiceClient(deals.GrpcFor(tenant, Rights));
        var reports = new ReportsService.ReportsServiceClient(deals.GrpcFor(tenant, Rights));
        var customers = new CustomersService.CustomersServiceClient(overview.GrpcFor(tenant, Rights));
        yield return new("a list that finds nothing: what a call costs", time => people.ListPeopleAsync(new ListPeopleRequest { Filter = $"company_id = \"{CrmRows.Person(time)}\"" }).ResponseAsync, ofContacts,
            ["SELECT * FROM people WHERE tenant_id = $1 AND company_id = $2 ORDER BY id DESC LIMIT 51"], time => [CrmRows.Person(time)]);
        yield return Newest("people: newest", contacts, tenant, ofContacts);
        foreach (var (order, sql) in new[]
        {
            ("last_name", "lower(last_name COLLATE \"C\"), id"), ("create_time", "create_time, id"), ("create_time desc", "create_time DESC, id DESC"), ("update_time desc", "update_time DESC, id DESC"),
        })
            yield return People($"people: by {order}", new ListPeopleRequest { OrderBy = order }, $"SELECT * FROM people WHERE tenant_id = $1 ORDER BY {sql} LIMIT 51");
        yield return new("people: of a company", time => people.ListPeopleAsync(new ListPeopleRequest { Filter = $"company_id = \"{CompanyOf(time)}\"" }).ResponseAsync, ofContacts,
            ["SELECT * FROM people WHERE tenant_id = $1 AND company_id = $2 ORDER BY id DESC LIMIT 51"], time => [CompanyOf(time)]);
        yield return new("people: with an e-mail", time => people.ListPeopleAsync(new ListPeopleRequest { Filter = $"email = \"p{PersonOf(time)}@bench.example\"" }).ResponseAsync, ofContacts,
            ["SELECT * FROM people WHERE tenant_id = $1 AND lower_email = $2 ORDER BY id DESC LIMIT 51"], time => [$"p{PersonOf(time)}@bench.example"]);
        yield return People("people: one job in ninety, by last name", new ListPeopleRequest { Filter = "job_title = \"Buyer 7\"", OrderBy = "last_name" },
            "SELECT * FROM people WHERE tenant_id = $1 AND job_title = 'Buyer 7' ORDER BY lower(last_name COLLATE \"C\"), id LIMIT 51");
        yield return new("people: any part of the name", time => people.ListPeopleAsync(new ListPeopleRequest { Query = $"p{PersonOf(time)}@b" }).ResponseAsync, ofContacts,
            ["SELECT * FROM people WHERE tenant_id = $1 AND (first_name || ' ' || last_name ILIKE $2 OR email ILIKE $2) ORDER BY id DESC LIMIT 51"], time => [$"%p{PersonOf(time)}@b%"]);
        yield return new("timeline of a person", time => activities.ListActivitiesAsync(new ListActivitiesRequest { PersonId = $"{CrmRows.Person(PersonOf(time))}" }).ResponseAsync, ofContacts,
            ["SELECT * FROM activities WHERE tenant_id = $1 AND person_id = $2 ORDER BY occur_time DESC, id DESC LIMIT 51"], time => [CrmRows.Person(PersonOf(time))]);
        yield return new($"timeline of a company with {size.Activities / 50:N0} entries", _ => activities.ListActivitiesAsync(new ListActivitiesRequest { CompanyId = $"{CrmRows.Company(1)}" }).ResponseAsync, ofContacts,
            ["SELECT * FROM activities WHERE tenant_id = $1 AND company_id = $2 ORDER BY occur_time DESC, id DESC LIMIT 51"], _ => [CrmRows.Company(1)]);
        foreach (var (order, filter, sql) in new[]
        {
            ("", "", "ORDER BY id DESC"), ("close_date", "", "ORDER BY close_date, id"), ("create_time desc", "", "ORDER BY create_time DESC, id DESC"), ("", "status = DEAL_STATUS_OPEN", "AND status = 'Open' ORDER BY id DESC"),
        })
            yield return new($"deals: {(order.Length > 0 ? $"by {order}" : filter.Length > 0 ? "open, newest" : "newest")}", _ => board.ListDealsAsync(new ListDealsRequest { OrderBy = order, Filter = filter }).ResponseAsync, ofDeals,
                [$"SELECT * FROM deals WHERE tenant_id = $1 {sql} LIMIT 51"], _ => []);
        yield return new($"board of {Math.Min(CrmSize.Board, size.Deals):N0} open deals", _ => board.GetDealBoardAsync(new GetDealBoardRequest()).ResponseAsync, ofDeals, BoardSql, _ => [Guid.Parse(CrmRows.Sales.Id)]);
        yield return new($"funnel of {Math.Min(CrmSize.Board, size.Deals):N0} deals", _ => reports.GetFunnelAsync(new GetFunnelRequest()).ResponseAsync, ofDeals, [FunnelSql], _ => [Guid.Parse(CrmRows.Sales.Id)]);
        yield return new($"funnel of {size.Deals - CrmSize.Board:N0} deals", _ => reports.GetFunnelAsync(new GetFunnelRequest { PipelineId = CrmRows.Renewals.Id }).ResponseAsync, ofDeals, [FunnelSql], _ => [Guid.Parse(CrmRows.Renewals.Id)]);
        yield return new("overview of a company", time => customers.GetCompanyOverviewAsync(new GetCompanyOverviewRequest { CompanyId = $"{CompanyOf(time)}" }).ResponseAsync, ofContacts, OverviewSql, time => [CompanyOf(time)])
        {
            Beside = (ofDeals, ["SELECT * FROM deals WHERE tenant_id = $1 AND company_id = $2 ORDER BY id DESC LIMIT 201", "SELECT * FROM quotes WHERE tenant_id = $1 AND company_id = $2 ORDER BY id DESC LIMIT 201"]),
        };

        CrmCase People(string name, ListPeopleRequest request, string sql) => new(name, _ => people.ListPeopleAsync(request).ResponseAsync, ofContacts, [sql], _ => []);

        int PersonOf(int time) => (int)(((time * 7_919L) % size.People) + 1);

        Guid CompanyOf(int time) => CrmRows.Company((int)(((time * 7_919L) % size.Companies) + 1));
    }

    private static CrmCase Newest(string name, MeasuredContacts contacts, Guid tenant, NpgsqlDataSource source)
    {
        var people = new PeopleService.PeopleServiceClient(contacts.GrpcFor(tenant, Rights));
        return new(name, _ => people.ListPeopleAsync(new ListPeopleRequest()).ResponseAsync, source, ["SELECT * FROM people WHERE tenant_id = $1 ORDER BY id DESC LIMIT 51"], _ => []);
    }

    // The totals of all stages, and the first deals of each.
    private static readonly string[] BoardSql =
    [
        """
        SELECT stage_id, count(*), count(*) FILTER (WHERE rotting_since <= now()), sum(round(amount * reporting_rate, 2)), sum(round(amount * reporting_rate * probability * 0.01, 2))
        FROM deals WHERE tenant_id = $1 AND pipeline_id = $2 AND stage_id IS NOT NULL GROUP BY stage_id
        """,
        .. CrmRows.Sales.Stages.Select(stage => $"SELECT * FROM deals WHERE tenant_id = $1 AND pipeline_id = $2 AND stage_id = '{stage.Id}' ORDER BY id DESC LIMIT 26"),
    ];

    // The ways of the deals that came into the pipeline within a year.
    private const string FunnelSql = """
        SELECT line.*, next.from_reporting_currency, next.from_reporting_rate, deal.reporting_currency, deal.reporting_rate
        FROM deal_changes AS line
        JOIN deals AS deal ON deal.tenant_id = line.tenant_id AND deal.id = line.deal_id
        LEFT JOIN deal_changes AS next ON next.tenant_id = line.tenant_id AND next.deal_id = line.deal_id AND next.number = line.number + 1
        WHERE line.tenant_id = $1 AND line.deal_id IN (
            SELECT deal_id FROM deal_changes WHERE tenant_id = $1 AND pipeline_id = $2 AND from_pipeline_id IS DISTINCT FROM pipeline_id AND create_time >= now() - interval '365 days')
        ORDER BY line.deal_id, line.number
        """;

    private static readonly string[] OverviewSql =
    [
        "SELECT * FROM companies WHERE tenant_id = $1 AND id = $2",
        "SELECT * FROM people WHERE tenant_id = $1 AND company_id = $2 ORDER BY id DESC LIMIT 201",
        "SELECT * FROM activities WHERE tenant_id = $1 AND company_id = $2 AND kind = 'Task' AND status = 'Open' ORDER BY due_time, id LIMIT 201",
    ];

    private static async Task<CrmTimes> MeasureAsync(CrmCase known, Guid tenant, int calls, CancellationToken cancellationToken)
    {
        var (door, sql, time, work, allocated) = (new List<double>(), new List<double>(), 0, TimeSpan.Zero, 0L);
        // What takes seconds is asked less often.
        for (var began = Stopwatch.GetTimestamp(); time < Least || (time < Warm && Stopwatch.GetElapsedTime(began) < WarmFor); time++)
            await TurnAsync();
        (door, sql, work, allocated) = ([], [], TimeSpan.Zero, 0L);
        for (var began = Stopwatch.GetTimestamp(); door.Count < calls && (door.Count < Least || Stopwatch.GetElapsedTime(began) < MeasureFor); time++)
            await TurnAsync();
        return new CrmTimes([.. door.Order()], [.. sql.Order()], work.TotalMilliseconds / door.Count, allocated / 1024d / door.Count);

        async Task TurnAsync()
        {
            var (from, before, had) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            await known.AskAsync(time);
            door.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            (work, allocated) = (work + Environment.CpuUsage.TotalTime - before, allocated + GC.GetTotalAllocatedBytes() - had);
            from = Stopwatch.GetTimestamp();
            await known.ReadAsync(tenant, time, cancellationToken);
            sql.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }
    }

    private static void Tell(Table table, string name, CrmTimes times) =>
        table.AddRow([name, .. Parts.SelectMany(part => Told(Quantiles.Of(times.Door, part), Quantiles.Of(times.Sql, part))), Text(times.Work), times.Allocated.ToString("0", CultureInfo.InvariantCulture)]);

    private static string Text(double ms) => ms.ToString("0.00", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Told(double door, double sql) =>
        [Text(door), Text(sql), (door / sql).ToString("0.0", CultureInfo.InvariantCulture)];

    /// <summary>Of many calls.</summary>
    /// <param name="Door">Milliseconds of each through the door, sorted.</param>
    /// <param name="Sql">The same of the statements.</param>
    /// <param name="Work">Processor time of this process for one, in ms: of the service, of who calls it, and of what else the service does meanwhile.</param>
    /// <param name="Allocated">Kilobytes that were allocated for one.</param>
    private sealed record CrmTimes(IReadOnlyList<double> Door, IReadOnlyList<double> Sql, double Work, double Allocated);

    private static NpgsqlDataSource SourceOf(TestDatabase database) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Owner) { CommandTimeout = 900, MaxAutoPrepare = 64 }.ConnectionString);
}

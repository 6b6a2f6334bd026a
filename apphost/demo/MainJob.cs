using System.Net.Http.Json;
using System.Text.Json;
using Platform.Automation.V1;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Demo.Public;
using Platform.Finance.V1;
using Spectre.Console;

namespace Platform.Demo;

/// <summary>The main job, step by step.</summary>
internal sealed class MainJob(DemoSettings settings, Narrator narrator, CancellationToken cancellationToken)
{
    private const string Password = "demo";
    private static readonly TimeSpan SagaTimeout = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        var narrator = Narrator.OnConsole();
        await new MainJob(settings, narrator, cancellationToken).PlayAsync();
        return narrator.Finish() ? 0 : 1;
    }

    private async Task PlayAsync()
    {
        Api? acme = null;
        if (!await narrator.StepAsync("Sign in as Sam, salesperson of Acme", async () =>
            {
                acme = new Api(settings.Gateway, await SignIn.GetTokenAsync(settings.Identity, "sam@acme.example", Password, cancellationToken), cancellationToken);
                return "authorization code with PKCE through the login page";
            }))
            return;
        using (acme)
        {
            await narrator.StepAsync($"Import {settings.Contacts.Name}", () => ImportAsync(acme!));
            var sale = new Sale(acme!, narrator);
            if (await narrator.StepAsync("Convert a lead", () => sale.ConvertLeadAsync($"lena.hoffmann+{Run}@nordwind.example", $"Nordwind Logistik {Run}"))
                && await narrator.StepAsync("Create a deal with two line items", sale.CreateDealAsync)
                && await narrator.StepAsync("Win it", sale.WinAsync)
                && await narrator.StepAsync("The saga issues the invoice, mails it and writes the timeline", () => FollowAsync(acme!, sale, ProcessStatus.Completed))
                && await narrator.StepAsync("The invoice has a number, taxes and totals", () => CheckInvoiceAsync(acme!, sale))
                && await narrator.StepAsync("The customer has the e-mail", () => CheckMailAsync(sale, expected: 1))
                && await narrator.StepAsync("The customer's timeline tells of it", () => CheckTimelineAsync(acme!, sale)))
                await narrator.StepAsync("The same deal won twice is invoiced once", () => WinAgainAsync(acme!, sale));
            if (sale.Conversion.CompanyId.Length > 0)
                await narrator.StepAsync("Deals stand in every stage of the board", () => new Prospects(acme!).SpreadAsync(sale.Conversion));
            var failing = new Sale(acme!, narrator);
            if (await narrator.StepAsync("A second customer, whose mailbox does not exist, wins a deal too", async () =>
                {
                    await failing.ConvertLeadAsync($"ivo+{Run}@nowhere.invalid", $"Nowhere Trading {Run}");
                    await failing.CreateDealAsync();
                    return await failing.WinAsync();
                }))
            {
                await narrator.StepAsync("The saga retries, then compensates", () => FollowAsync(acme!, failing, ProcessStatus.Compensated));
                await narrator.StepAsync("A credit note stands against the invoice, the deal is flagged", () => CheckCompensationAsync(acme!, failing));
            }

            await narrator.StepAsync("Acme has a catalog with prices", SellAsync);
            await narrator.StepAsync("Everybody may read Acme's help centre and fill in its form", PublishAsync);
            await narrator.StepAsync("Globex sees nothing of all this", () => CheckGlobexAsync(acme!, sale, failing));
        }
    }

    private static string Run { get; } = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> SellAsync()
    {
        using var alice = new Api(settings.Gateway, await SignIn.GetTokenAsync(settings.Identity, "alice@acme.example", Password, cancellationToken), cancellationToken);
        return await new Catalog(alice).FillAsync();
    }

    private async Task<string> PublishAsync()
    {
        using var alice = new Api(settings.Gateway, await SignIn.GetTokenAsync(settings.Identity, "alice@acme.example", Password, cancellationToken), cancellationToken);
        return await new HelpCentre(alice, cancellationToken).OpenAsync();
    }

    private async Task<string> ImportAsync(Api acme)
    {
        await using var file = settings.Contacts.OpenRead();
        var summary = await acme.UploadAsync<ImportSummary>("/api/v1/contacts/imports?target=people", file, "text/csv");
        foreach (var error in summary.Errors.Take(5))
            narrator.Detail($"[yellow]line {error.Line}[/] {error.Column} {error.Code}: {error.Message}");
        if (summary.IgnoredColumns.Count > 0)
            narrator.Detail($"[dim]columns without a field: {string.Join(", ", summary.IgnoredColumns)}[/]");
        if (summary.RowsRead == summary.RowsRejected)
            throw new DemoFailedException(summary.RowsRead == 0 ? "The file has no rows." : $"None of its {summary.RowsRead} rows could be imported.");
        return $"{summary.RowsRead} rows: {summary.PeopleCreated} people and {summary.CompaniesCreated} companies created, {summary.RowsUnchanged} there already, {summary.RowsRejected} rejected";
    }

    private async Task<string> FollowAsync(Api acme, Sale sale, ProcessStatus expected)
    {
        var told = new HashSet<string>();
        var process = await Waiting.UntilAsync($"The process of deal {sale.Deal.Id}", SagaTimeout, async () =>
        {
            var list = await acme.GetAsync<ListProcessesResponse>($"/api/v1/automation/processes?subjectType=deal&subjectId={sale.Deal.Id}");
            var found = list.Processes.SingleOrDefault();
            foreach (var step in (found?.Steps ?? []).Where(step => step.Status != StepStatus.Running && told.Add($"{step.Name} {step.StartTime}")))
                Tell(step);
            return found;
        }, found => found is not null && found.Status != ProcessStatus.Running, cancellationToken);
        return process!.Status == expected
            ? $"{process.Type} {process.Id} {expected.ToString().ToLowerInvariant()} after {(process.EndTime.ToDateTime() - process.CreateTime.ToDateTime()).TotalSeconds:0.00} s"
            : throw new DemoFailedException($"The process ended as {process.Status}: {process.Error}");
    }

    private void Tell(ProcessStep step)
    {
        var milliseconds = step.EndTime is null ? 0 : (step.EndTime.ToDateTime() - step.StartTime.ToDateTime()).TotalMilliseconds;
        var result = string.Join(' ', new[] { step.ResultType, step.ResultId, step.Error, step.Compensation ? "(compensation)" : "" }.Where(text => text.Length > 0));
        narrator.Detail($"{step.Name,-18} {(step.Status == StepStatus.Completed ? "done" : "failed")} in {milliseconds:0} ms, {result}");
    }

    private static async Task<string> CheckInvoiceAsync(Api acme, Sale sale)
    {
        var invoice = await sale.InvoiceAsync(acme);
        if (invoice.Number.Length == 0 || (invoice.NetTotal.Amount, invoice.TaxTotal.Amount, invoice.Total.Amount) != ("1500.84", "285.16", "1786.00"))
            throw new DemoFailedException($"The invoice is not as it should be: {invoice}");
        return $"{invoice.Number}: {invoice.NetTotal.Amount} + {string.Join(" + ", invoice.TaxSubtotals.Select(tax => $"{tax.Tax.Amount} ({tax.Rate} %)"))} = {invoice.Total.Amount} {invoice.Currency}, due {invoice.DueDate}";
    }

    private async Task<string> CheckMailAsync(Sale sale, int expected)
    {
        using var inbox = new HttpClient { BaseAddress = settings.Mail };
        var count = await Waiting.UntilAsync($"A mail to {sale.Email}", TimeSpan.FromSeconds(15), async () =>
        {
            var answer = await inbox.GetFromJsonAsync<JsonElement>($"/api/v1/messages?to={Uri.EscapeDataString(sale.Email)}", cancellationToken);
            return (answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("messages")).GetArrayLength();
        }, found => found >= expected, cancellationToken);
        return count == expected ? $"{count} message to {sale.Email}: {settings.Mail}" : throw new DemoFailedException($"{count} messages went to {sale.Email}.");
    }

    private static async Task<string> CheckTimelineAsync(Api acme, Sale sale)
    {
        var entries = await acme.GetAsync<ListActivitiesResponse>($"/api/v1/contacts/activities?companyId={sale.Conversion.CompanyId}");
        var entry = entries.Activities.FirstOrDefault(activity => activity.SourceType == "invoice");
        return entry is null ? throw new DemoFailedException("The timeline has no entry of the invoice.") : entry.Subject;
    }

    private async Task<string> WinAgainAsync(Api acme, Sale sale)
    {
        await sale.WinAsync();
        var invoices = await acme.GetAsync<ListInvoicesResponse>($"/api/v1/finance/invoices?sourceType=deal&sourceId={sale.Deal.Id}");
        var processes = await acme.GetAsync<ListProcessesResponse>($"/api/v1/automation/processes?subjectType=deal&subjectId={sale.Deal.Id}");
        await CheckMailAsync(sale, expected: 1);
        return invoices.Invoices.Count == 1 && processes.Processes.Count == 1
            ? "still one process, one invoice, one e-mail"
            : throw new DemoFailedException($"There are {processes.Processes.Count} processes and {invoices.Invoices.Count} invoices.");
    }

    private static async Task<string> CheckCompensationAsync(Api acme, Sale sale)
    {
        var invoice = await sale.InvoiceAsync(acme);
        var deal = await acme.GetAsync<Deal>($"/api/v1/deals/{sale.Deal.Id}");
        if (invoice.Status != InvoiceStatus.Credited || invoice.AmountDue.Amount.TrimEnd('0') is not ("0." or "0") || deal.FlagCode.Length == 0)
            throw new DemoFailedException($"Invoice {invoice.Number} is {invoice.Status} with {invoice.AmountDue.Amount} due; the deal's flag is '{deal.FlagCode}'.");
        var note = await acme.GetAsync<CreditNote>($"/api/v1/finance/credit-notes/{invoice.CreditNoteId}");
        return $"{note.Number} credits {note.InvoiceNumber} over {note.Total.Amount} {note.Currency}; deal flagged {deal.FlagCode}";
    }

    private async Task<string> CheckGlobexAsync(Api acme, params Sale[] sales)
    {
        using var globex = new Api(settings.Gateway, await SignIn.GetTokenAsync(settings.Identity, "gina@globex.example", Password, cancellationToken), cancellationToken);
        foreach (var sale in sales.Where(sale => sale.Deal.Id.Length > 0))
        {
            string[] paths = [$"/api/v1/deals/{sale.Deal.Id}", $"/api/v1/contacts/companies/{sale.Conversion.CompanyId}", $"/api/v1/contacts/people/{sale.Conversion.PersonId}", $"/api/v1/contacts/leads/{sale.Conversion.Lead.Id}"];
            foreach (var path in paths)
            {
                if (await globex.StatusAsync(path) is var status && status != System.Net.HttpStatusCode.NotFound)
                    throw new DemoFailedException($"{path} answered {status} to Globex.");
            }
        }

        var seen = (await IdsAsync(globex)).Intersect(await IdsAsync(acme)).ToList();
        return seen.Count == 0 ? "every id is unknown to it, no list has a row of Acme's" : throw new DemoFailedException($"Globex sees {string.Join(", ", seen)}.");
    }

    // The newest of everything: what this demo has made is among it.
    private static async Task<HashSet<string>> IdsAsync(Api company) =>
    [
        .. (await company.GetAsync<ListDealsResponse>("/api/v1/deals?pageSize=200")).Deals.Select(row => row.Id),
        .. (await company.GetAsync<ListInvoicesResponse>("/api/v1/finance/invoices?pageSize=200")).Invoices.Select(row => row.Id),
        .. (await company.GetAsync<ListPeopleResponse>("/api/v1/contacts/people?pageSize=200")).People.Select(row => row.Id),
        .. (await company.GetAsync<ListEmailsResponse>("/api/v1/communications/emails?pageSize=200")).Emails.Select(row => row.Id),
        .. (await company.GetAsync<ListProcessesResponse>("/api/v1/automation/processes?pageSize=200")).Processes.Select(row => row.Id),
    ];
}

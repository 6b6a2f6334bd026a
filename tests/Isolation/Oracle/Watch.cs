using Isolation.Tests.Attacks;
using Isolation.Tests.Installation;
using Isolation.Tests.Seeding;

namespace Isolation.Tests.Oracle;

/// <summary>Looks at everything that the attack leaves behind: rows, events, e-mails, log lines, workflows.</summary>
internal sealed class Watch
{
    private readonly PlatformInstallation _installation;
    private readonly Company _a;
    private readonly Company _b;
    private readonly int _events;
    private readonly int _lines;
    private readonly HashSet<string> _mails;
    private readonly int _calls;
    private readonly HashSet<string> _workflows;
    private int _honest = int.MaxValue;

    public Watch(PlatformInstallation installation, Company a, Company b)
    {
        (_installation, _a, _b) = (installation, a, b);
        Secrets = new Secrets(a, b);
        _events = installation.Broker.Published.Count;
        _lines = installation.Logs.Lines.Count;
        _mails = [.. installation.Mail.Messages.Keys];
        _calls = installation.Sidecars.Workflows.Count;
        _workflows = [.. installation.Sidecars.Workflows.Select(InstanceOf)];
    }

    public Secrets Secrets { get; }

    /// <summary>From here on the tests write B's ids into events themselves.</summary>
    public void ForgeryBegins() => _honest = _installation.Broker.Published.Count;

    public async Task<IReadOnlyList<string>> TracesAsync() => [.. await RowsAsync(), .. Events(), .. Mails(), .. Lines(), .. Workflows()];

    private async Task<IEnumerable<string>> RowsAsync()
    {
        var words = await Snapshot.TablesWithAsync(_installation.Hosts, $"tenant_id = '{_a.TenantId}' AND (r::text ILIKE '%{_b.Marker}%' OR r::text LIKE '%{_b.Amount}%')");
        var strangers = await Snapshot.TablesWithAsync(_installation.Hosts, $"tenant_id NOT IN ('{_a.TenantId}', '{_b.TenantId}')");
        return [.. words.Select(tables => $"A's rows hold B's words in {tables}"), .. strangers.Select(tables => $"There are rows of neither in {tables}")];
    }

    private IEnumerable<string> Events()
    {
        var published = _installation.Broker.Published.ToArray();
        for (var i = _events; i < published.Length; i++)
        {
            var text = published[i].Text;
            if (published[i].Tenant == _b.TenantId)
                yield return $"B, which did nothing, published {text}";
            else if (Secrets.WordIn(text) is { } word)
                yield return $"An event of A holds the word '{word}': {text}";
            else if (i < _honest && Secrets.Of(new Answer("OK", text, [], []).Ids).Any())
                yield return $"An event of A holds an id of B: {text}";
        }
    }

    private IEnumerable<string> Mails() => _installation.Mail.Messages.Where(mail => !_mails.Contains(mail.Key) && Secrets.WordIn(mail.Value) is not null).Select(mail => $"An e-mail of A holds a word of B: {mail.Value}");

    // Not even the company's own words are logged. Ids are: A's requests name B's, and an operator sees whom they were about.
    private IEnumerable<string> Lines() => _installation.Logs.Lines
        .Where((line, i) => HasMarker(line, _a, _b) || (i >= _lines && Secrets.WordIn(line) is not null))
        .Select(line => $"A log line holds a word of a company: {line}");

    /// <summary>What is wrong in such lines, whoever was at work.</summary>
    public static IEnumerable<string> LinesWithWordsOf(IEnumerable<string> lines, Company a, Company b) =>
        lines.Where(line => HasMarker(line, a, b)).Select(line => $"A log line holds a word of a company: {line}");

    private static bool HasMarker(string line, Company a, Company b) => line.Contains(a.Marker, StringComparison.OrdinalIgnoreCase) || line.Contains(b.Marker, StringComparison.OrdinalIgnoreCase);

    // What was begun for A itself is A's: an event that is delivered again asks whether it runs.
    private IEnumerable<string> Workflows() => _installation.Sidecars.Workflows.Skip(_calls)
        .Where(call => _workflows.Contains(InstanceOf(call)) && !call.Contains($"{_a.TenantId}", StringComparison.OrdinalIgnoreCase))
        .Select(call => $"A reached a workflow that was there before: {call}");

    private static string InstanceOf(string call) => call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}

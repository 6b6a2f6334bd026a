using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Automation.Tests.Harness;
using Grpc.Core;
using Platform.Automation.V1;
using Platform.Testing;
using Xunit;

namespace Automation.Tests.Processes;

public sealed class ProcessFacts(AutomationFixture automation) : IClassFixture<AutomationFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var deal = automation.World.WonDeal("customer.example");
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        var globex = automation.ProcessesOf(TestTenants.Globex);
        var unknown = await Assert.ThrowsAsync<RpcException>(() => globex.GetProcessAsync(new GetProcessRequest { Id = process.Id }, cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.Empty((await globex.ListProcessesAsync(new ListProcessesRequest(), cancellationToken: Token)).Processes);
    }

    [Fact]
    public async Task Processes_are_found_by_subject_and_status()
    {
        var (done, undone) = (automation.World.WonDeal("customer.example"), automation.World.WonDeal("nowhere.invalid"));
        await Task.WhenAll(automation.WinAsync(done), automation.WinAsync(undone));
        var process = await automation.UntilEndedAsync(undone);
        await automation.UntilEndedAsync(done);
        var acme = automation.ProcessesOf(TestTenants.Acme);
        var compensated = await acme.ListProcessesAsync(new ListProcessesRequest { Status = ProcessStatus.Compensated }, cancellationToken: Token);
        Assert.Equal(undone.Id, Assert.Single(compensated.Processes).SubjectId);
        Assert.Equal(process, await acme.GetProcessAsync(new GetProcessRequest { Id = process.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task Rest_speaks_the_same_contract_and_needs_the_permission()
    {
        using var rest = automation.RestFor(TestTenants.Acme, "automation.read");
        var page = await rest.GetFromJsonAsync<JsonElement>("/api/v1/automation/processes?pageSize=1", Token);
        Assert.Equal(JsonValueKind.Array, page.GetProperty("processes").ValueKind);
        using var refused = await automation.RestFor(TestTenants.Acme, "deals.read").GetAsync(new Uri("/api/v1/automation/processes", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var wrong = await rest.GetAsync(new Uri("/api/v1/automation/processes?subjectId=1", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }
}

using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Running;
using Xunit;

namespace AppHost.Tests.Dashboard;

/// <summary>Values that neither the configuration nor a default gives.</summary>
public sealed class ParameterFacts
{
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_value_is_asked_for_on_the_dashboard_and_only_who_needs_it_waits()
    {
        var connected = false;
        await using var stack = await DashboardStack.BeginAsync(builder =>
        {
            var key = builder.AddParameter("api-key", secret: true).WithDescription("From the bank.");
            var tone = builder.AddParameter("tone").WithCustomInput(_ => new InteractionInput
            {
                Name = "tone",
                Label = "How loud",
                InputType = InputType.Choice,
                Options = [KeyValuePair.Create("soft", "Softly"), KeyValuePair.Create("loud", "Loudly")],
            });
            var bank = builder.AddExternalService("bank", builder.AddParameter("bank-address"));
            var archive = builder.AddConnectionString("archive");
            archive.OnConnectionStringAvailable((_, _, _) => Task.FromResult(connected = true));
            builder.AddExecutable("shop", "sleep", ".", "1000").WithEnvironment("KEY", $"key={key}").WithArgs(key).WithEnvironment("TONE", tone).WithReference(archive).WithReference(bank);
            builder.AddExecutable("other", "sleep", ".", "1000");
        });
        await stack.EnterAsync();
        var application = stack.Stack.Application;
        await application.ResourceNotifications.WaitForResourceAsync("api-key", KnownResourceStates.ValueMissing, _token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("other", _token);
        await Eventually.HoldsAsync(() => stack.Stack["shop"] is { State: ResourceState.Waiting } shop && shop.Detail!.Contains("api-key", StringComparison.Ordinal), "the shop waits, and says for what");
        var list = await stack.PageAsync("/", "4 values are missing.");
        Assert.Contains("Give api-key", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/act/api-key/", list, StringComparison.Ordinal);
        await stack.PageAsync("/graph", "api-key");
        var form = await stack.PageAsync("/resources/api-key/command?name=set-parameter", "From the bank.");
        Assert.Contains("type=\"password\" name=\"Value\"", form, StringComparison.Ordinal);
        Assert.Contains("Parameters:api-key", form, StringComparison.Ordinal);

        Assert.Contains("Value must be given.", await GiveAsync("api-key", "", keep: true, HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("must be one of soft, loud", await GiveAsync("tone", "shrill", keep: true, HttpStatusCode.Conflict), StringComparison.Ordinal);
        await GiveAsync("api-key", "hush-hush", keep: true, HttpStatusCode.OK);
        await GiveAsync("tone", "soft", keep: false, HttpStatusCode.OK);
        await GiveAsync("bank-address", "https://bank.example", keep: false, HttpStatusCode.OK);
        Assert.False(connected);
        await GiveAsync("archive", "Host=far", keep: false, HttpStatusCode.OK);
        await stack.Start.WaitAsync(_token);
        Assert.True(connected);
        var variables = stack.Stack.EnvironmentOf("shop");
        Assert.Equal(("key=hush-hush", "soft", "Host=far", "https://bank.example/"), (variables["KEY"], variables["TONE"], variables["ConnectionStrings__archive"], variables["BANK_HTTPS"]));
        Assert.DoesNotContain("hush-hush", await stack.PageAsync("/resources/api-key", "has a value"), StringComparison.Ordinal);
        Assert.DoesNotContain("are missing", await stack.PageAsync("/", "healthy"), StringComparison.Ordinal);
        await GiveAsync("api-key", "other", keep: true, HttpStatusCode.OK);

        await stack.Stack.StopAsync();
        var next = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = stack.Stack.Folder });
        Assert.Equal("other", await next.AddParameter("api-key").Resource.GetValueAsync(_token));
        await Assert.ThrowsAsync<MissingParameterValueException>(async () => await next.AddParameter("tone").Resource.GetValueAsync(_token));

        async Task<string> GiveAsync(string name, string value, bool keep, HttpStatusCode status)
        {
            using var fields = new FormUrlEncodedContent([KeyValuePair.Create("Value", value), KeyValuePair.Create("SaveToUserSecrets", keep ? "true" : "false")]);
            using var answer = await stack.Browser.PostAsync(new Uri($"resources/{name}/command?name=set-parameter", UriKind.Relative), fields, _token);
            var said = await answer.Content.ReadAsStringAsync(_token);
            Assert.True(answer.StatusCode == status, said);
            return said;
        }
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_all_values_that_are_needed_are_named_with_the_way_to_give_them_before_anything_starts()
    {
        await using var stack = TestStack.Of(Describe);
        var missing = await Assert.ThrowsAsync<MissingParameterValueException>(() => stack.StartAsync(_token));
        foreach (var words in (string[])["'api-key' has no value (From the bank.)", "Parameters:api-key", "Parameters__api_key", "ConnectionStrings__archive"])
            Assert.Contains(words, missing.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("unused", missing.Message, StringComparison.Ordinal);
        Assert.Equal((ResourceState.NotStarted, ResourceState.NotStarted), (stack["shop"].State, stack["other"].State));

        await using var given = TestStack.Of(Describe, "--Parameters:api_key=hush", "--ConnectionStrings:archive=Host=far");
        await given.StartAsync(_token);
        Assert.Equal("hush", given.EnvironmentOf("shop")["KEY"]);

        static void Describe(IDistributedApplicationBuilder builder)
        {
            builder.AddParameter("unused");
            var key = builder.AddParameter("api-key", secret: true).WithDescription("From the bank.");
            builder.AddExecutable("shop", "sleep", ".", "1000").WithEnvironment("KEY", key).WithReference(builder.AddConnectionString("archive"));
            builder.AddExecutable("other", "sleep", ".", "1000");
        }
    }
}

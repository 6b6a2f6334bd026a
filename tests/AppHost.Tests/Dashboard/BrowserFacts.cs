using System.Diagnostics;
using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace AppHost.Tests.Dashboard;

/// <summary>The dashboard in Chromium.</summary>
public sealed class BrowserFacts
{
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    [Trait("category", "long")]
    public async Task No_page_keeps_anybody_out_asks_another_host_or_complains()
    {
        await using var stack = await DashboardStack.BeginAsync(builder =>
        {
            builder.AddParameter("api-key", secret: true).WithDescription("From the bank.");
            builder.AddExecutable("finance", "sh", ".", "-c", "echo 'warn: little fuel'; exec sleep 1000")
            .WithIconName("Money").WithCommand("close", "Close the books", static _ => Task.FromResult(CommandResults.Success()), new CommandOptions
            {
                Description = "Nothing is booked into a closed month.",
                ConfirmationMessage = "Close the month for good?",
                Arguments =
                [
                    new InteractionInput { Name = "month", Label = "Month", InputType = InputType.Text, Required = true, Value = "2026-10" },
                    new InteractionInput { Name = "mail", Label = "Tell everybody", InputType = InputType.Boolean, Value = "true" },
                ],
            }).WithCommand("book", "Book", static _ => Task.FromResult(CommandResults.Success()), new CommandOptions { IsHighlighted = true });
        });
        await stack.Stack.Application.ResourceNotifications.WaitForResourceHealthyAsync("finance", _token);
        using var pictures = new TestFolder();
        using var browser = Process.Start(new ProcessStartInfo("node", [Script(), stack.Address.ToString(), pictures.Path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(browser.StandardOutput.ReadToEndAsync(_token), browser.StandardError.ReadToEndAsync(_token));
        await browser.WaitForExitAsync(_token);
        Assert.True(browser.ExitCode == 0, string.Concat(said));
        Assert.True(Directory.GetFiles(pictures.Path, "*.png").Length >= 22, "a picture of each page in both themes");
    }

    private static string Script([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../../../apphost/dashboard/Browser/shots.mjs");
}

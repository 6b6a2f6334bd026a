using Xunit;

namespace Platform.MailCatcher.Tests;

public sealed class ProtocolTests(Catcher catcher) : IClassFixture<Catcher>
{
    [Theory]
    [InlineData("MAIL FROM:<a@b.example>\r\n", "503")]
    [InlineData("EHLO me\r\nRCPT TO:<a@b.example>\r\n", "503")]
    [InlineData("EHLO me\r\nMAIL FROM:<a@b.example>\r\nDATA\r\n", "503")]
    [InlineData("EHLO me\r\nMAIL FROM:a@b.example\r\n", "501")]
    [InlineData("EHLO me\r\nMAIL FROM:<a@b.example> COLOUR=red\r\n", "555")]
    [InlineData("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<>\r\n", "501")]
    [InlineData("EHLO me\r\nMAIL FROM:<a@b.example> BODY=8BITMIME SIZE=10\r\nRCPT TO:<@relay.example:a@b.example>\r\n", "250 2.1.5")]
    [InlineData("EHLO me\r\nAUTH PLAIN AA==\r\n", "502")]
    [InlineData("HELO me\r\nRSET\r\n", "250 2.0.0")]
    [InlineData("NONSENSE\r\n", "500")]
    [InlineData("EHLO\r\n", "501")]
    public async Task Each_command_has_its_answer(string conversation, string expected)
    {
        var lines = (await catcher.TalkAsync(conversation + "QUIT\r\n")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("220 ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(expected, lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("221 ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bare_line_feed_does_not_end_a_message()
    {
        var smuggled = "Subject: one\r\n\r\ntext\n.\nMAIL FROM:<evil@b.example>\n.\r\n";
        await catcher.TalkAsync($"EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<smuggle@b.example>\r\nDATA\r\n{smuggled}" + "still text\r\n.\r\nQUIT\r\n");
        var list = await catcher.GetAsync("/api/v1/messages?to=smuggle@b.example");
        Assert.Equal(1, list.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Endless_commands_and_endless_errors_end_the_conversation()
    {
        Assert.Contains("500 5.5.2 Line too long", await catcher.TalkAsync(new string('A', 10_000)), StringComparison.Ordinal);
        Assert.Contains("421 4.7.0", await catcher.TalkAsync(string.Concat(Enumerable.Repeat("WHAT\r\n", 30))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_cut_off_is_not_kept()
    {
        using (var socket = new System.Net.Sockets.TcpClient("localhost", catcher.SmtpPort))
        {
            await socket.GetStream().WriteAsync("EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<cut@b.example>\r\nDATA\r\nSubject: half\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        var list = await catcher.GetAsync("/api/v1/messages?to=cut@b.example");
        Assert.Equal(0, list.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_page_and_the_health_check_answer_and_other_hosts_are_refused()
    {
        Assert.Contains("Caught mail", await catcher.GetTextAsync("/"), StringComparison.Ordinal);
        Assert.Equal("Healthy", await catcher.GetTextAsync("/health"));
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/v1/messages") { Headers = { Host = "evil.example" } };
        var answer = await catcher.Web.SendAsync(foreign, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }
}

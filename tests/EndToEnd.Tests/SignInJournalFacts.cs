using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>From the sign-in page of the identity server to the journal, the mailbox and the person's notifications.</summary>
public sealed class SignInJournalFacts(RunningStack stack)
{
    private const string Greg = "greg@globex.example";
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private const string Safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    [Fact]
    public async Task A_sign_in_from_a_new_device_is_in_the_journal_in_the_mailbox_and_among_the_notifications()
    {
        using var known = await WebBrowser.SignedInAsync(stack.Gateway, Greg, Firefox);
        var mails = await stack.MailsToAsync(Greg);
        using var phone = await WebBrowser.SignedInAsync(stack.Gateway, Greg, Safari);
        var entry = default(JsonElement);
        await Eventually.HoldsAsync(async () => (await phone.GetAsync("/api/v1/tenants/me/sign-ins?filter=new_device%20%3D%20true")).GetProperty("signIns").EnumerateArray()
            .Any(found => (entry = found).GetProperty("device").GetString() == "Safari on iPhone"));
        Assert.Equal(("SIGN_IN_OUTCOME_SUCCEEDED", "SIGN_IN_METHOD_PASSWORD", "platform-web"),
            (entry.GetProperty("outcome").GetString(), entry.GetProperty("method").GetString(), entry.GetProperty("clientId").GetString()));
        await Eventually.HoldsAsync(async () => await stack.MailsToAsync(Greg) > mails);
        // The mail may have been that of the browser before.
        await Eventually.HoldsAsync(async () => (await phone.GetAsync("/api/v1/communications/notifications?filter=read%20%3D%20false")).GetProperty("notifications").EnumerateArray()
            .Count(notice => notice.GetProperty("title").GetString() == "New sign-in from Safari on iPhone" && notice.GetProperty("kind").GetString() == "security.new-device") == 1);
        // An administrator sees it as well, and the same browser is known from now on.
        Assert.Contains((await known.GetAsync("/api/v1/tenants/current/sign-ins")).GetProperty("signIns").EnumerateArray(), found => found.GetProperty("id").GetString() == entry.GetProperty("id").GetString());
    }
}

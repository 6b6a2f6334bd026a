using Platform.Communications.Delivery;
using Xunit;

namespace Communications.Tests.Delivery;

public sealed class BackOffFacts
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(4, 16)]
    [InlineData(400, 3600)]
    public void The_wait_doubles_up_to_an_hour(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new DeliverySettings().DelayAfter(attempt));
}

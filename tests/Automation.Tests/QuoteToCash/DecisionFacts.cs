using Grpc.Core;
using Platform.Automation.Processes;
using Platform.Automation.QuoteToCash;
using Platform.Errors;
using Xunit;

namespace Automation.Tests.QuoteToCash;

public sealed class DecisionFacts
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 16)]
    public void The_wait_before_another_email_doubles(int attempt, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        new QuoteToCashInput(Guid.Empty, Guid.Empty, 3, new SagaOptions().EmailRetryDelay, TimeSpan.Zero, 1).DelayBefore(attempt));

    [Fact]
    public void What_a_service_refuses_is_final()
    {
        Assert.True(StepRunner.IsFinal(Error.NotFound("deal", "1").ToRpcException()));
        Assert.True(StepRunner.IsFinal(Error.Invalid("to", "Wrong.").ToRpcException()));
        Assert.True(StepRunner.IsFinal(Error.Precondition("INVOICE_ISSUED", "Too late.").ToRpcException()));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.NotFound)]
    public void What_only_stands_between_may_come_back(StatusCode status) => Assert.False(StepRunner.IsFinal(new RpcException(new Status(status, "Not a service's answer."))));

    [Fact]
    public void A_changed_row_may_be_written_at_the_next_try() => Assert.False(StepRunner.IsFinal(Error.Stale("deal").ToRpcException()));
}

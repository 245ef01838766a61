using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SecondFactor;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>One person's second factor. The only right code is 123456, and the only right password "right".</summary>
internal sealed class FakeSecondFactor : ISecondFactor
{
    public bool IsOn { get; set; }

    public bool IsRequired { get; set; }

    public Task<Result<FactorState>> StateAsync(CancellationToken cancellation)
        => Task.FromResult<Result<FactorState>>(new FactorState(IsOn, IsRequired, IsOn ? 10 : 0, null));

    public Task<Result<FactorOffer>> OfferAsync(CancellationToken cancellation)
        => Task.FromResult<Result<FactorOffer>>(new FactorOffer("ABCD EFGH", "data:image/png;base64,", "sealed"));

    public Task<Result<RecoveryCodes>> TurnOnAsync(FactorOffer offer, string code, string password, CancellationToken cancellation)
    {
        if (code != "123456")
        {
            return Task.FromResult<Result<RecoveryCodes>>(Refusal.Invalid("The code is not right.", "Code"));
        }

        IsOn = password == "right";
        return Task.FromResult(IsOn ? Codes() : Refusal.Invalid("The password is not right.", "Password"));
    }

    public Task<Result<RecoveryCodes>> RenewCodesAsync(string password, CancellationToken cancellation)
        => Task.FromResult(password == "right" ? Codes() : Refusal.Invalid("The password is not right.", "Password"));

    public Task<Result<FactorState>> TurnOffAsync(string password, CancellationToken cancellation)
    {
        IsOn = password != "right";
        return StateAsync(cancellation);
    }

    private static Result<RecoveryCodes> Codes() => new RecoveryCodes([.. Enumerable.Range(0, 10).Select(i => $"CODE-{i}")]);
}

// Passkeys and security keys: asks the browser for one and sends it with the form. Options are allauth's own JSON.
// A form says what for: data-passkey="login" (signs in), "use" (second step), "add" (sets one up).

const supported = "PublicKeyCredential" in window
  && "parseRequestOptionsFromJSON" in PublicKeyCredential
  && "parseCreationOptionsFromJSON" in PublicKeyCredential;

const written = () => JSON.parse(document.getElementById("js_data").textContent);

// Sign-in asks the server at the click: nobody is known yet, and the page stays without a challenge until then.
async function requestOptions(form) {
  if (form.dataset.passkey !== "login") return written().request_options.publicKey;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`sign-in options: ${answer.status}`);
  return (await answer.json()).request_options.publicKey;
}

// A passkey opens the account alone, so it must live in the key and ask for finger, face or code; a second step need not.
function creationOptions(form) {
  const options = written().creation_options.publicKey;
  const isPasskey = form.elements.passwordless?.checked ?? false;
  options.authenticatorSelection = {
    ...options.authenticatorSelection,
    residentKey: isPasskey ? "required" : "discouraged",
    requireResidentKey: isPasskey,
    ...(isPasskey ? { userVerification: "required" } : {}),
  };
  return options;
}

async function credentialFor(form) {
  if (form.dataset.passkey === "add") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(creationOptions(form)) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await requestOptions(form)) });
}

function enhance(form) {
  const button = form.querySelector("button");
  const refusal = form.querySelector("[role=alert][hidden]");
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    refusal.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify((await credentialFor(form)).toJSON());
      form.submit();
    } catch (error) {
      console.warn(error);
      refusal.hidden = false;
      button.disabled = false;
    }
  });
}

if (supported) document.querySelectorAll("form[data-passkey]").forEach(enhance);
